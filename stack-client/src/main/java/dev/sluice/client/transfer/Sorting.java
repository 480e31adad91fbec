package dev.sluice.client.transfer;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileKind;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WalkOptions;
import dev.sluice.client.transfer.Scope.Links;
import dev.sluice.client.transfer.TransferEvent.Failed;
import dev.sluice.client.transfer.TransferEvent.LeftOut;
import dev.sluice.client.transfer.TransferEvent.Why;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Decides which entries of a directory take part, and as what. */
final class Sorting {
  /** Links to directories on one way from the top; a longer way is taken for a circle. */
  private static final int MOST_FOLLOWED = 8;

  private final Steps steps;
  private final Scope scope;
  private final Filter.Matcher filter;

  Sorting(Steps steps) {
    this.steps = steps;
    this.scope = steps.how().scope();
    this.filter = scope.filter().matcher();
  }

  /**
   * An entry of the source.
   *
   * @param entry what it is, or what the link leads to
   * @param out why it takes no part; null = it does
   * @param leadsTo where it is, if it was a link to a directory
   */
  private record Found(
      FileEntry entry, @Nullable TransferEvent out, @Nullable RemotePath leadsTo) {}

  Mono<Visit> of(
      Folder folder,
      List<FileEntry> entries,
      Map<String, FileEntry> there,
      boolean made,
      boolean sure,
      List<TransferEvent> events) {
    return found(folder, entries)
        .collectList()
        .map(
            all -> {
              List<FileEntry> files = new ArrayList<>();
              List<Folder> directories = new ArrayList<>();
              Set<String> names = new HashSet<>();
              for (Found found : all) {
                FileEntry entry = found.entry();
                TransferEvent out =
                    names.add(entry.name())
                        ? found.out() == null ? out(folder, entry) : found.out()
                        : new LeftOut(folder.target().child(entry.name()), Why.NAME);
                if (out != null) {
                  events.add(out);
                } else if (entry.attributes().isDirectory()) {
                  directories.add(below(folder, found, there.get(entry.name())));
                } else {
                  files.add(entry);
                }
              }
              sort(files);
              List<FileEntry> extras = sure ? extras(names, files, there) : List.of();
              folder.known(
                  new Visit.Sides(sure, made, there, extras), files.size() + directories.size());
              return new Visit(folder, events, files, directories);
            });
  }

  /** What only the target has, but for the parts of files that are still to come. */
  private List<FileEntry> extras(
      Set<String> names, List<FileEntry> files, Map<String, FileEntry> there) {
    if (!steps.deletes()) {
      return List.of();
    }
    files.stream()
        .filter(file -> PartialCopy.fits(steps, file))
        .forEach(file -> names.add(PartialCopy.name(file)));
    return there.values().stream().filter(entry -> !names.contains(entry.name())).toList();
  }

  private static Folder below(Folder folder, Found found, @Nullable FileEntry there) {
    RemotePath leadsTo = found.leadsTo();
    return leadsTo == null
        ? folder.child(found.entry(), there)
        : folder.linked(found.entry(), there, leadsTo);
  }

  private @Nullable TransferEvent out(Folder folder, FileEntry entry) {
    RemotePath target = folder.target().child(entry.name());
    boolean directory = entry.attributes().isDirectory();
    if (!filter.lets(folder.below(entry.name()), directory)) {
      return new LeftOut(target, Why.FILTER);
    }
    if (directory) {
      boolean tooDeep =
          scope.depth() < WalkOptions.MAX_DEPTH && folder.depth() + 1 >= scope.depth();
      return tooDeep ? new LeftOut(target, Why.DEPTH) : null;
    }
    if (entry.kind() == FileKind.OTHER) {
      return new LeftOut(target, Why.DEVICE);
    }
    return entry.attributes().isSymbolicLink() && scope.links() != Links.COPY
        ? new LeftOut(target, Why.LINK)
        : null;
  }

  private void sort(List<FileEntry> files) {
    Comparator<FileEntry> bySize = Comparator.comparingLong(FileEntry::size);
    switch (steps.how().flow().order()) {
      case LISTED -> {}
      case SMALL_FIRST -> files.sort(bySize);
      case LARGE_FIRST -> files.sort(bySize.reversed());
    }
  }

  private Flux<Found> found(Folder folder, List<FileEntry> entries) {
    return scope.links() == Links.FOLLOW
        ? Flux.fromIterable(entries)
            .flatMapSequential(entry -> followed(folder, entry), steps.requests(), 1)
        : Flux.fromIterable(entries).map(entry -> new Found(entry, null, null));
  }

  private Mono<Found> followed(Folder folder, FileEntry entry) {
    if (!entry.attributes().isSymbolicLink()) {
      return Mono.just(new Found(entry, null, null));
    }
    RemotePath target = folder.target().child(entry.name());
    return steps
        .again(steps.from().stat(entry.path()))
        .flatMap(
            end -> {
              FileEntry shown = new FileEntry(entry.path(), end.attributes());
              return end.attributes().isDirectory()
                  ? directory(folder, shown)
                  : Mono.just(new Found(shown, null, null));
            })
        .onErrorResume(
            failure ->
                Mono.just(
                    new Found(
                        entry,
                        Steps.isMissing(failure)
                            ? new LeftOut(target, Why.LINK)
                            : failed(folder, target, failure),
                        null)));
  }

  private static Failed failed(Folder folder, RemotePath target, Throwable failure) {
    folder.fail();
    return new Failed(target, failure);
  }

  /** A directory by way of a link, unless the way has been there. */
  private Mono<Found> directory(Folder folder, FileEntry shown) {
    RemotePath nominal = folder.real().child(shown.name());
    return steps
        .again(steps.from().readLink(shown.path()))
        .map(folder.real()::resolve)
        .onErrorReturn(nominal)
        .map(
            leadsTo ->
                new Found(
                    shown,
                    isCircle(folder, shown, leadsTo)
                        ? new LeftOut(folder.target().child(shown.name()), Why.LINK)
                        : null,
                    leadsTo));
  }

  private static boolean isCircle(Folder folder, FileEntry shown, RemotePath leadsTo) {
    String identity = shown.attributes().identity();
    for (Folder way = folder; way != null; way = way.above()) {
      if (way.real().startsWith(leadsTo)
          || identity != null && identity.equals(way.source().attributes().identity())) {
        return true;
      }
    }
    return folder.followed() >= MOST_FOLLOWED;
  }
}
