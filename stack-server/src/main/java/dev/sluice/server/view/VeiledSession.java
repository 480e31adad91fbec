package dev.sluice.server.view;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.StorageSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A session in which what the rules hide is in no listing and is not found. */
record VeiledSession(StorageSession inner, UserRules rules) implements ForwardingSession {

  @Override
  public Mono<FileEntry> stat(RemotePath path) {
    return rules.hides(path) ? missing(path) : inner.stat(path);
  }

  @Override
  public Mono<FileEntry> lstat(RemotePath path) {
    return rules.hides(path) ? missing(path) : inner.lstat(path);
  }

  @Override
  public Mono<String> readLink(RemotePath link) {
    return rules.hides(link) ? missing(link) : inner.readLink(link);
  }

  @Override
  public Flux<FileEntry> list(RemotePath directory) {
    RemotePath shown = directory.seenFrom(RemotePath.root());
    return inner.list(directory).filter(entry -> !rules.hides(shown.child(entry.name())));
  }

  private static <T> Mono<T> missing(RemotePath path) {
    return Mono.error(() -> new FileFailure(FileError.NOT_FOUND, path, "not found"));
  }
}
