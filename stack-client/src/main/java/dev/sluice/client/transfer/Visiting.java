package dev.sluice.client.transfer;

import dev.sluice.api.DirectoryListing;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.TransferEvent.DirectoryMade;
import dev.sluice.client.transfer.TransferEvent.Failed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Looks into a directory on both sides at once, and makes it in the target. */
final class Visiting {
  private final Steps steps;
  private final Extras extras;
  private final Sorting sorting;

  Visiting(Steps steps, Extras extras) {
    this.steps = steps;
    this.extras = extras;
    this.sorting = new Sorting(steps);
  }

  /**
   * What one side has.
   *
   * @param listing null = the directory is not there
   * @param failure why nothing is known
   * @param events that belong before everything else
   */
  private record Side(
      @Nullable DirectoryListing listing, @Nullable Throwable failure, List<TransferEvent> events) {
    static Side of(DirectoryListing listing) {
      return new Side(listing, null, List.of());
    }

    static Side missing(List<TransferEvent> events) {
      return new Side(null, null, events);
    }

    static Side failed(Throwable failure) {
      return new Side(null, failure, List.of());
    }
  }

  Mono<Visit> visit(Folder folder) {
    Mono<Side> source =
        list(steps.from(), folder.source().path(), folder).onErrorResume(Visiting::failed);
    Mono<Side> target = Mono.defer(() -> place(folder)).onErrorResume(Visiting::failed);
    return Mono.zip(source, target)
        .flatMap(both -> visit(folder, both.getT1(), both.getT2()))
        .onErrorResume(failure -> Mono.just(Visit.failed(folder, failure)));
  }

  private static Mono<Side> failed(Throwable failure) {
    return Mono.just(Side.failed(failure));
  }

  private Mono<Side> list(FileOperations tree, RemotePath directory, Folder folder) {
    return steps.again(Tree.listing(tree, directory, folder.depth())).map(Side::of);
  }

  /**
   * The target's side. Below the top, a link in the way is not followed: its target was not part of
   * the request.
   */
  private Mono<Side> place(Folder folder) {
    RemotePath target = folder.target();
    Folder above = folder.above();
    if (above == null) {
      return look(folder, steps.to().stat(target));
    }
    FileEntry there = folder.there();
    Visit.Sides sides = above.sides();
    if (there == null) {
      boolean missing = sides != null && (sides.made() || sides.sure());
      return missing ? Mono.just(Side.missing(List.of())) : look(folder, steps.to().lstat(target));
    }
    if (there.attributes().isDirectory()) {
      return list(steps.to(), target, folder);
    }
    return extras.replace(above, there, inTheWay(there, target)).collectList().map(Side::missing);
  }

  private Mono<Side> look(Folder folder, Mono<FileEntry> lookup) {
    return steps
        .again(lookup)
        .flatMap(
            there ->
                there.attributes().isDirectory()
                    ? list(steps.to(), folder.target(), folder)
                    : Mono.<Side>error(inTheWay(there, folder.target())))
        .onErrorResume(Steps::isMissing, gone -> Mono.just(Side.missing(List.of())));
  }

  private static FileFailure inTheWay(FileEntry there, RemotePath target) {
    return new FileFailure(
        FileError.NOT_A_DIRECTORY, target, "a " + there.kind() + " has the name of a directory");
  }

  private Mono<Visit> visit(Folder folder, Side source, Side target) {
    DirectoryListing listing = source.listing();
    Throwable failure = source.failure() == null ? target.failure() : source.failure();
    if (failure != null || listing == null) {
      return Mono.just(
          Visit.failed(
              folder,
              failure != null
                  ? failure
                  : new FileFailure(FileError.NOT_FOUND, folder.source().path(), "is gone")));
    }
    List<TransferEvent> events = new ArrayList<>(target.events());
    gap(folder, listing, events);
    DirectoryListing there = target.listing();
    if (there != null) {
      gap(folder, there, events);
      return sorted(folder, listing, there, events);
    }
    events.add(new DirectoryMade(folder.target()));
    return steps
        .change(steps.to().createDirectory(folder.target()))
        .then(Mono.defer(() -> sorted(folder, listing, null, events)));
  }

  private static void gap(Folder folder, DirectoryListing listing, List<TransferEvent> events) {
    if (listing.incomplete() != null) {
      folder.fail();
      events.add(new Failed(folder.target(), listing.incomplete()));
    }
  }

  private Mono<Visit> sorted(
      Folder folder,
      DirectoryListing source,
      @Nullable DirectoryListing target,
      List<TransferEvent> events) {
    Map<String, FileEntry> there = new HashMap<>();
    if (target != null) {
      target.entries().forEach(entry -> there.put(entry.name(), entry));
    }
    boolean sure = source.incomplete() == null && (target == null || target.incomplete() == null);
    return sorting.of(folder, source.entries(), there, target == null, sure, events);
  }
}
