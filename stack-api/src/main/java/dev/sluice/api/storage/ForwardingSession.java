package dev.sluice.api.storage;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.api.Space;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A session that passes its verbs on; a decorator overrides those that it changes. {@link #read}
 * and {@link #write} use {@link #open}, so that no content gets past a decorator that does not say
 * so.
 */
public interface ForwardingSession extends StorageSession {

  /** The session that does the work. */
  StorageSession inner();

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
  default Mono<FileHandle> open(RemotePath file, OpenMode mode) {
    return inner().open(file, mode);
  }

  @Override
  default Mono<Void> createDirectory(RemotePath directory) {
    return inner().createDirectory(directory);
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
  default Mono<Void> renameToFree(RemotePath from, RemotePath to) {
    return inner().renameToFree(from, to);
  }

  @Override
  default Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    return inner().setAttributes(path, change);
  }

  @Override
  default Mono<Void> setLinkAttributes(RemotePath link, AttributeChange change) {
    return inner().setLinkAttributes(link, change);
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
