package dev.sluice.cli.watch;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.Space;
import dev.sluice.api.WalkOptions;
import dev.sluice.api.WriteMode;
import io.netty.buffer.ByteBuf;
import java.util.Set;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A tree that passes every verb on; a decorator overrides those that it changes. */
interface ForwardingFiles extends FileOperations {

  /** The tree that does the work. */
  FileOperations inner();

  @Override
  default Mono<FileEntry> stat(RemotePath path) {
    return inner().stat(path);
  }

  @Override
  default Mono<FileEntry> lstat(RemotePath path) {
    return inner().lstat(path);
  }

  @Override
  default Flux<FileEntry> list(RemotePath directory) {
    return inner().list(directory);
  }

  @Override
  default Flux<ByteBuf> read(RemotePath file, ByteRange range) {
    return inner().read(file, range);
  }

  @Override
  default Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return inner().write(file, mode, content);
  }

  @Override
  default Mono<Void> write(
      RemotePath file,
      WriteMode mode,
      Publisher<? extends ByteBuf> content,
      AttributeChange change) {
    return inner().write(file, mode, content, change);
  }

  @Override
  default Mono<Boolean> exists(RemotePath path) {
    return inner().exists(path);
  }

  @Override
  default Mono<Void> createDirectory(RemotePath directory) {
    return inner().createDirectory(directory);
  }

  @Override
  default Mono<Void> createDirectories(RemotePath directory) {
    return inner().createDirectories(directory);
  }

  @Override
  default Flux<FileEntry> walk(RemotePath directory, WalkOptions options) {
    return inner().walk(directory, options);
  }

  @Override
  default Mono<RemotePath> home() {
    return inner().home();
  }

  @Override
  default Mono<Void> deleteFile(RemotePath file) {
    return inner().deleteFile(file);
  }

  @Override
  default Mono<Void> deleteDirectory(RemotePath directory) {
    return inner().deleteDirectory(directory);
  }

  @Override
  default Mono<Void> rename(RemotePath from, RemotePath to) {
    return inner().rename(from, to);
  }

  @Override
  default Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    return inner().setAttributes(path, change);
  }

  @Override
  default Mono<String> readLink(RemotePath link) {
    return inner().readLink(link);
  }

  @Override
  default Mono<Void> createSymbolicLink(RemotePath link, String target) {
    return inner().createSymbolicLink(link, target);
  }

  @Override
  default Mono<Void> createHardLink(RemotePath link, RemotePath existing) {
    return inner().createHardLink(link, existing);
  }

  @Override
  default Mono<Checksum> checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    return inner().checksum(file, algorithm, range);
  }

  @Override
  default Mono<Void> copy(RemotePath from, RemotePath to) {
    return inner().copy(from, to);
  }

  @Override
  default Mono<Space> space(RemotePath directory) {
    return inner().space(directory);
  }

  @Override
  default Set<Capability> capabilities() {
    return inner().capabilities();
  }

  @Override
  default Mono<Void> close() {
    return inner().close();
  }
}
