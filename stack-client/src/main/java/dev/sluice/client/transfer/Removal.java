package dev.sluice.client.transfer;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.TransferEvent.Failed;
import dev.sluice.client.transfer.TransferEvent.FileDone;
import dev.sluice.client.transfer.TransferEvent.LinkMade;
import dev.sluice.client.transfer.TransferEvent.Removed;
import dev.sluice.client.transfer.TransferEvent.Same;
import dev.sluice.client.transfer.TransferEvent.Verified;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deletes at the source what the target verifiably has. */
record Removal(Steps steps) {

  /** The event, and what follows from it for the source. */
  Flux<TransferEvent> after(Folder folder, FileEntry source, TransferEvent event) {
    Mono<TransferEvent> removal = Mono.empty();
    if (event instanceof FileDone done) {
      removal = removed(folder, source, done);
    } else if (event instanceof Same same) {
      removal =
          source.attributes().isSymbolicLink()
              ? removed(source)
              : verified(source, same.path())
                  .flatMap(
                      equal ->
                          equal ? removed(source) : kept(folder, same.path(), "differs from it"));
    } else if (event instanceof LinkMade) {
      removal = removed(source);
    }
    return Flux.just(event)
        .concatWith(removal.onErrorResume(failure -> failed(folder, source.path(), failure)));
  }

  /** A directory that has nothing in it any more. */
  Mono<TransferEvent> directory(Folder folder) {
    RemotePath path = folder.source().path();
    return folder.hasFailed() || folder.keepsSomething() || path.isRoot()
        ? Mono.empty()
        : steps
            .change(steps.from().deleteDirectory(path))
            .thenReturn((TransferEvent) new Removed(path))
            .onErrorResume(failure -> failed(folder, path, failure));
  }

  private Mono<Boolean> verified(FileEntry source, RemotePath target) {
    return Verification.same(steps.from(), source.path(), steps.to(), target);
  }

  private Mono<TransferEvent> removed(Folder folder, FileEntry source, FileDone done) {
    return done.verification() == Verified.VERIFIED || steps.how().dryRun()
        ? removed(source)
        : kept(folder, done.path(), "cannot be compared with it");
  }

  private Mono<TransferEvent> removed(FileEntry source) {
    return steps
        .change(steps.from().deleteFile(source.path()))
        .thenReturn(new Removed(source.path()));
  }

  private static Mono<TransferEvent> kept(Folder folder, RemotePath target, String why) {
    return failed(
        folder,
        target,
        new FileFailure(FileError.UNSUPPORTED, target, "the source stays: the copy " + why));
  }

  private static Mono<TransferEvent> failed(Folder folder, RemotePath path, Throwable cause) {
    folder.fail();
    return Mono.just(new Failed(path, cause));
  }
}
