package dev.sluice.client.pool;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.Space;
import dev.sluice.api.WriteMode;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A tree whose verbs are those of a session that is there only when one is needed. What is made of
 * other verbs, such as {@code walk}, asks for a session with each of them.
 */
abstract class BorrowedSession implements FileOperations {

  /** Gives {@code verb} a session until its publisher ends. */
  abstract <T> Flux<T> many(Function<FileSession, ? extends Publisher<T>> verb);

  /** As {@link #many}, of one value at most. */
  abstract <T> Mono<T> one(Function<FileSession, Mono<T>> verb);

  @Override
  public Mono<FileEntry> stat(RemotePath path) {
    return one(session -> session.stat(path));
  }

  @Override
  public Mono<FileEntry> lstat(RemotePath path) {
    return one(session -> session.lstat(path));
  }

  @Override
  public Flux<FileEntry> list(RemotePath directory) {
    return many(session -> session.list(directory));
  }

  @Override
  public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
    return many(session -> session.read(file, range));
  }

  @Override
  public Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return one(session -> session.write(file, mode, content));
  }

  @Override
  public Mono<Void> write(
      RemotePath file,
      WriteMode mode,
      Publisher<? extends ByteBuf> content,
      AttributeChange attributes) {
    return one(session -> session.write(file, mode, content, attributes));
  }

  @Override
  public Mono<Void> createDirectory(RemotePath directory) {
    return one(session -> session.createDirectory(directory));
  }

  @Override
  public Mono<Void> deleteFile(RemotePath file) {
    return one(session -> session.deleteFile(file));
  }

  @Override
  public Mono<Void> deleteDirectory(RemotePath directory) {
    return one(session -> session.deleteDirectory(directory));
  }

  @Override
  public Mono<Void> rename(RemotePath from, RemotePath to) {
    return one(session -> session.rename(from, to));
  }

  @Override
  public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    return one(session -> session.setAttributes(path, change));
  }

  @Override
  public Mono<String> readLink(RemotePath link) {
    return one(session -> session.readLink(link));
  }

  @Override
  public Mono<Void> createSymbolicLink(RemotePath link, String target) {
    return one(session -> session.createSymbolicLink(link, target));
  }

  @Override
  public Mono<Void> createHardLink(RemotePath link, RemotePath existing) {
    return one(session -> session.createHardLink(link, existing));
  }

  @Override
  public Mono<Checksum> checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    return one(session -> session.checksum(file, algorithm, range));
  }

  @Override
  public Mono<Void> copy(RemotePath from, RemotePath to) {
    return one(session -> session.copy(from, to));
  }

  @Override
  public Mono<Space> space(RemotePath directory) {
    return one(session -> session.space(directory));
  }

  @Override
  public Mono<RemotePath> home() {
    return one(FileSession::home);
  }
}
