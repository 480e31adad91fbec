package dev.sluice.client.transfer;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.TransferEvent.LinkMade;
import dev.sluice.client.transfer.TransferEvent.Same;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes symbolic links like those of the source, with the same text. */
record LinkSteps(Steps steps, Extras extras) {

  Flux<TransferEvent> link(Folder folder, FileEntry source, @Nullable FileEntry there) {
    RemotePath target = folder.target().child(source.name());
    return steps
        .again(steps.from().readLink(source.path()))
        .flatMapMany(text -> link(folder, target, text, there));
  }

  private Flux<TransferEvent> link(
      Folder folder, RemotePath target, String text, @Nullable FileEntry there) {
    Flux<TransferEvent> making =
        Flux.defer(() -> steps.change(steps.to().createSymbolicLink(target, text)))
            .thenMany(Flux.just(new LinkMade(target, text)));
    if (there == null) {
      return making;
    }
    if (!there.attributes().isSymbolicLink()) {
      FileFailure inTheWay =
          new FileFailure(
              FileError.ALREADY_EXISTS, target, "a " + there.kind() + " has the name of a link");
      return extras.replace(folder, there, inTheWay).concatWith(making);
    }
    return steps
        .again(steps.to().readLink(target))
        .flatMapMany(
            now ->
                now.equals(text)
                    ? Flux.<TransferEvent>just(new Same(target, 0))
                    : steps.change(steps.to().deleteFile(target)).thenMany(making));
  }

  /** Whether the entry is to become a link. */
  static boolean isLink(FileEntry entry) {
    return entry.attributes().isSymbolicLink();
  }

  /** What was asked of the tree as a whole cannot be done. */
  static Mono<TransferEvent> failed(RemotePath target, Throwable cause) {
    return Mono.just(new TransferEvent.Failed(target, cause));
  }
}
