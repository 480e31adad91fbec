package dev.sluice.client.inbox;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.client.inbox.InboxEvent.Passed;
import dev.sluice.client.inbox.InboxEvent.Why;
import dev.sluice.client.inbox.Taking.Known;
import dev.sluice.client.inbox.Taking.Missed;
import dev.sluice.client.inbox.Taking.Taken;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes files this consumer's, and lets go of them. */
final class Claimer {
  private final FileOperations tree;
  private final Inbox how;

  Claimer(Inbox how) {
    this.tree = how.files();
    this.how = how;
  }

  /** Claims a file, and looks at it once more. */
  Mono<Taking> take(Candidate file) {
    return Mono.defer(
        () ->
            how.claims() instanceof Claims.Stored stored
                ? stored(file, stored)
                : file.isClaimed()
                    ? unmarked(file).then(checked(file, file.place()))
                    : renamed(file));
  }

  private Mono<Taking> renamed(Candidate file) {
    RemotePath place = ClaimName.unused(file.path(), how.claims().consumer());
    return tree.rename(file.path(), place)
        .then(unmarked(file))
        .then(Mono.defer(() -> checked(file, place)))
        .onErrorResume(FileFailure.class, refused -> missedIfGone(file, refused));
  }

  /** The same marker must not stand for the next file of this name. */
  private Mono<Void> unmarked(Candidate file) {
    return file.marker() == null ? Mono.empty() : gone(tree.deleteFile(file.marker()));
  }

  private Mono<Taking> stored(Candidate file, Claims.Stored claims) {
    return claims
        .store()
        .claim(file.key(), claims.consumer(), claims.lease())
        .flatMap(
            answer ->
                switch (answer) {
                  case CLAIMED ->
                      checked(file, file.place())
                          .flatMap(
                              taking ->
                                  taking instanceof Taken
                                      ? Mono.just(taking)
                                      : released(file).thenReturn(taking));
                  case HELD -> Mono.just(missed(file, Why.HELD));
                  case FINISHED -> Mono.just(new Known());
                });
  }

  private Mono<Taking> checked(Candidate file, RemotePath place) {
    return tree.stat(place)
        .<Taking>map(
            now ->
                file.differs(now)
                    ? missed(file, Why.CHANGED)
                    : new Taken(file, new FileEntry(file.path(), now.attributes()), place))
        .onErrorResume(Claimer::isMissing, missing -> Mono.just(missed(file, Why.GONE)));
  }

  /** Servers refuse the rename of what is not there in many words. */
  private Mono<Taking> missedIfGone(Candidate file, FileFailure refused) {
    return tree.exists(file.path())
        .flatMap(there -> there ? Mono.error(refused) : Mono.just(missed(file, Why.GONE)));
  }

  /** Never emits; signals an error once another consumer has the claim. */
  <T> Mono<T> renewing(Taken file) {
    if (!(how.claims() instanceof Claims.Stored claims)) {
      return Mono.never();
    }
    return Flux.interval(claims.lease().dividedBy(3), how.polling().timer())
        .onBackpressureDrop()
        .concatMap(
            tick ->
                claims
                    .store()
                    .renew(file.key(), claims.consumer(), claims.lease())
                    .onErrorReturn(true), // the next one may succeed, and the lease goes on
            1)
        .filter(kept -> !kept)
        .next()
        .flatMap(lost -> Mono.<T>error(new ClaimLost(file.path())))
        .switchIfEmpty(Mono.never());
  }

  /** Deletes the file; that it is gone is what was wanted. */
  Mono<Void> delete(Taken file) {
    return unmarkedIfStored(file)
        .then(Mono.defer(() -> gone(tree.deleteFile(file.place()))))
        .then(Mono.defer(() -> released(file.candidate())));
  }

  /** Moves the file to a name that was free. */
  Mono<Void> move(Taken file, RemotePath target) {
    return unmarkedIfStored(file)
        .then(Mono.defer(() -> tree.createDirectories(target.parent())))
        .then(
            Mono.defer(() -> tree.rename(file.place(), target))
                .onErrorResume(FileFailure.class, refused -> movedBefore(file, refused)))
        .then(Mono.defer(() -> released(file.candidate())));
  }

  /** Another attempt may have moved it, although its answer was lost. */
  private Mono<Void> movedBefore(Taken file, FileFailure refused) {
    return tree.exists(file.place()).flatMap(there -> there ? Mono.error(refused) : Mono.empty());
  }

  /** Where a file moves to: its name, if that is free. */
  Mono<RemotePath> target(Taken file, RemotePath directory) {
    RemotePath wanted = directory.append(file.path().relativeTo(how.directory()));
    return tree.exists(wanted)
        .map(
            taken ->
                taken ? wanted.parent().child(wanted.name() + "." + ClaimName.digits()) : wanted);
  }

  /** The file stays; nobody takes it up again. */
  Mono<Void> finish(Taken file) {
    return how.claims() instanceof Claims.Stored claims
        ? claims.store().finish(file.key(), claims.consumer())
        : Mono.empty();
  }

  /** Lets go of the claim; under a rename the name says that it is one. */
  Mono<Void> released(Candidate file) {
    return how.claims() instanceof Claims.Stored claims
        ? claims.store().release(file.key(), claims.consumer())
        : Mono.empty();
  }

  /** Files that were finished are gone; if a store still remembers them, no harm is done. */
  Mono<Void> forget(List<String> keys) {
    return how.claims() instanceof Claims.Stored claims
        ? Flux.fromIterable(keys)
            .concatMap(key -> claims.store().release(key, claims.consumer()))
            .onErrorComplete()
            .then()
        : Mono.empty();
  }

  /** A file without its marker is not taken up again; a marker without its file would mislead. */
  private Mono<Void> unmarkedIfStored(Taken file) {
    return how.claims() instanceof Claims.Stored ? unmarked(file.candidate()) : Mono.empty();
  }

  private static Mono<Void> gone(Mono<Void> deletion) {
    return deletion.onErrorResume(Claimer::isMissing, missing -> Mono.empty());
  }

  private static boolean isMissing(Throwable why) {
    return why instanceof FileFailure failure && failure.error() == FileError.NOT_FOUND;
  }

  private static Taking missed(Candidate file, Why why) {
    return new Missed(new Passed(file.path(), why));
  }

  /** Another consumer has the claim now. */
  static final class ClaimLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClaimLost(RemotePath path) {
      super("the claim of " + path + " was lost", null, false, false);
    }
  }
}
