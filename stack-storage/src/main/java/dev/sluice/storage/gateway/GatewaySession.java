package dev.sluice.storage.gateway;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileKind;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.Space;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A client's session as a storage session. */
final class GatewaySession implements StorageSession {
  private final FileSession session;

  GatewaySession(FileSession session) {
    this.session = session;
  }

  @Override
  public Mono<FileHandle> open(RemotePath file, OpenMode mode) {
    return Mono.defer(
        () -> {
          checkOffered(file, mode);
          return session
              .stat(file)
              .map(Optional::of)
              .onErrorResume(FileFailure.class, refusal -> mayBeMissing(mode, refusal))
              .map(found -> open(file, mode, found.orElse(null)));
        });
  }

  @Override
  public Mono<FileEntry> stat(RemotePath path) {
    return session.stat(path);
  }

  @Override
  public Mono<FileEntry> lstat(RemotePath path) {
    return session.lstat(path);
  }

  @Override
  public Flux<FileEntry> list(RemotePath directory) {
    return session.list(directory);
  }

  @Override
  public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
    return session.read(file, range);
  }

  @Override
  public Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return session.write(file, mode, content);
  }

  @Override
  public Mono<Void> write(
      RemotePath file,
      WriteMode mode,
      Publisher<? extends ByteBuf> content,
      AttributeChange attributes) {
    return session.write(file, mode, content, attributes);
  }

  @Override
  public Mono<Void> createDirectory(RemotePath directory) {
    return session.createDirectory(directory);
  }

  @Override
  public Mono<Void> deleteFile(RemotePath file) {
    return session.deleteFile(file);
  }

  @Override
  public Mono<Void> deleteDirectory(RemotePath directory) {
    return session.deleteDirectory(directory);
  }

  @Override
  public Mono<Void> rename(RemotePath from, RemotePath to) {
    return session.rename(from, to);
  }

  @Override
  public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    return session.setAttributes(path, change);
  }

  @Override
  public Mono<String> readLink(RemotePath link) {
    return session.readLink(link);
  }

  @Override
  public Mono<Void> createSymbolicLink(RemotePath link, String target) {
    return session.createSymbolicLink(link, target);
  }

  @Override
  public Mono<Void> createHardLink(RemotePath link, RemotePath existing) {
    return session.createHardLink(link, existing);
  }

  @Override
  public Mono<Checksum> checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    return session.checksum(file, algorithm, range);
  }

  @Override
  public Mono<Void> copy(RemotePath from, RemotePath to) {
    return session.copy(from, to);
  }

  @Override
  public Mono<Space> space(RemotePath directory) {
    return session.space(directory);
  }

  @Override
  public Set<Capability> capabilities() {
    return session.capabilities();
  }

  @Override
  public Mono<Void> close() {
    return session.close();
  }

  private void checkOffered(RemotePath file, OpenMode mode) {
    WriteMode write = mode.write();
    boolean appends = write instanceof WriteMode.Append;
    boolean jumps =
        (write instanceof WriteMode.At at && at.offset() > 0) || (write != null && mode.read());
    if ((appends && !session.capabilities().contains(Capability.APPEND))
        || (jumps && !session.capabilities().contains(Capability.RANDOM_WRITE))) {
      throw new FileFailure(FileError.UNSUPPORTED, file, "the other server does not offer it");
    }
  }

  private static Mono<Optional<FileEntry>> mayBeMissing(OpenMode mode, FileFailure refusal) {
    boolean creates =
        mode.write() != null && !(mode.write() instanceof WriteMode.At at && at.offset() > 0);
    return creates && refusal.error() == FileError.NOT_FOUND
        ? Mono.just(Optional.empty())
        : Mono.error(refusal);
  }

  private FileHandle open(RemotePath file, OpenMode mode, @Nullable FileEntry found) {
    FileAttributes attributes =
        found == null ? FileAttributes.of(FileKind.FILE).withSize(0) : found.attributes();
    if (attributes.isDirectory()) {
      throw new FileFailure(FileError.IS_A_DIRECTORY, file, "is a directory");
    }
    if (mode.write() instanceof WriteMode.CreateNew && found != null) {
      throw new FileFailure(FileError.ALREADY_EXISTS, file, "exists already");
    }
    if (mode.write() instanceof WriteMode.At at
        && attributes.hasSize()
        && at.offset() > attributes.size()) {
      throw new FileFailure(
          FileError.OUT_OF_RANGE,
          file,
          "offset " + at.offset() + " in a file of " + attributes.size());
    }
    return new GatewayHandle(session, file, mode.write(), attributes);
  }
}
