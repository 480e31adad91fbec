package dev.sluice.storage.decorate;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.api.Space;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A session whose verbs are recorded. */
record AuditedSession(StorageSession inner, Auditor auditor) implements ForwardingSession {

  @Override
  public Mono<FileEntry> stat(RemotePath path) {
    return auditor.record("stat", path, inner.stat(path));
  }

  @Override
  public Mono<FileEntry> lstat(RemotePath path) {
    return auditor.record("lstat", path, inner.lstat(path));
  }

  @Override
  public Flux<FileEntry> list(RemotePath directory) {
    return auditor.record("list", directory, inner.list(directory));
  }

  @Override
  public Mono<FileHandle> open(RemotePath file, OpenMode mode) {
    return Mono.defer(
        () -> {
          Auditor.Entry entry = auditor.begin(mode.write() == null ? "read" : "write", file, null);
          return inner
              .open(file, mode)
              .<FileHandle>map(handle -> AuditedHandle.of(handle, mode, entry))
              .doOnError(cause -> entry.end(Auditor.result(cause)));
        });
  }

  @Override
  public Mono<Void> createDirectory(RemotePath directory) {
    return auditor.record("createDirectory", directory, inner.createDirectory(directory));
  }

  @Override
  public Mono<Void> deleteFile(RemotePath file) {
    return auditor.record("deleteFile", file, inner.deleteFile(file));
  }

  @Override
  public Mono<Void> deleteDirectory(RemotePath directory) {
    return auditor.record("deleteDirectory", directory, inner.deleteDirectory(directory));
  }

  @Override
  public Mono<Void> rename(RemotePath from, RemotePath to) {
    return auditor.record("rename", from, to.toString(), inner.rename(from, to));
  }

  @Override
  public Mono<Void> renameToFree(RemotePath from, RemotePath to) {
    return auditor.record("renameToFree", from, to.toString(), inner.renameToFree(from, to));
  }

  @Override
  public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    return auditor.record("setAttributes", path, inner.setAttributes(path, change));
  }

  @Override
  public Mono<Void> setLinkAttributes(RemotePath link, AttributeChange change) {
    return auditor.record("setLinkAttributes", link, inner.setLinkAttributes(link, change));
  }

  @Override
  public Mono<String> readLink(RemotePath link) {
    return auditor.record("readLink", link, inner.readLink(link));
  }

  @Override
  public Mono<Void> createSymbolicLink(RemotePath link, String target) {
    return auditor.record(
        "createSymbolicLink", link, target, inner.createSymbolicLink(link, target));
  }

  @Override
  public Mono<Void> createHardLink(RemotePath link, RemotePath existing) {
    return auditor.record(
        "createHardLink", link, existing.toString(), inner.createHardLink(link, existing));
  }

  @Override
  public Mono<Checksum> checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    return auditor.record("checksum", file, inner.checksum(file, algorithm, range));
  }

  @Override
  public Mono<Void> copy(RemotePath from, RemotePath to) {
    return auditor.record("copy", from, to.toString(), inner.copy(from, to));
  }

  @Override
  public Mono<Space> space(RemotePath directory) {
    return auditor.record("space", directory, inner.space(directory));
  }
}
