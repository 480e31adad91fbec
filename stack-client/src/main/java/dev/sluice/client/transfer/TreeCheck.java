package dev.sluice.client.transfer;

import dev.sluice.api.DirectoryListing;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileKind;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.CheckEvent.Extra;
import dev.sluice.client.transfer.CheckEvent.Mismatch;
import dev.sluice.client.transfer.CheckEvent.Missing;
import dev.sluice.client.transfer.CheckEvent.Summary;
import dev.sluice.client.transfer.CheckEvent.Unsupported;
import dev.sluice.client.transfer.CheckEvent.Verified;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Compares two trees, file by file, by their octets. */
final class TreeCheck {
  private final Steps steps;
  private final Filter.Matcher filter;

  TreeCheck(FileOperations from, FileOperations to, Filter filter) {
    this.steps = new Steps(from, to, Mirror.oneWay().filter(filter));
    this.filter = filter.matcher();
  }

  Flux<CheckEvent> run(RemotePath source, RemotePath target) {
    Counts counts = new Counts();
    return directory(source, target, List.of())
        .doOnNext(counts::add)
        .concatWith(Mono.fromSupplier(counts::summary));
  }

  private Flux<CheckEvent> directory(RemotePath source, RemotePath target, List<String> names) {
    Mono<DirectoryListing> left = Tree.listing(steps.from(), source, names.size());
    Mono<DirectoryListing> right = Tree.listing(steps.to(), target, names.size());
    return Mono.zip(left, right)
        .flatMapMany(both -> both(both.getT1(), both.getT2(), target, names))
        .onErrorResume(failure -> Flux.just(unsupported(target, failure)));
  }

  private Flux<CheckEvent> both(
      DirectoryListing left, DirectoryListing right, RemotePath target, List<String> names) {
    Map<String, FileEntry> there = new LinkedHashMap<>();
    right.entries().forEach(entry -> there.put(entry.name(), entry));
    List<Pair> files = new ArrayList<>();
    List<Pair> directories = new ArrayList<>();
    List<CheckEvent> events = new ArrayList<>();
    for (FileEntry entry : left.entries()) {
      FileEntry other = there.remove(entry.name());
      if (!lets(names, entry)) {
        continue;
      }
      RemotePath path = target.child(entry.name());
      if (other == null) {
        events.add(new Missing(path));
      } else if (entry.kind() != other.kind()) {
        events.add(new Mismatch(path, "a " + entry.kind() + " and a " + other.kind()));
      } else {
        (entry.attributes().isDirectory() ? directories : files).add(new Pair(entry, other));
      }
    }
    there.values().stream()
        .filter(entry -> lets(names, entry))
        .forEach(entry -> events.add(new Extra(entry.path())));
    for (DirectoryListing side : List.of(left, right)) {
      if (side.incomplete() != null) {
        events.add(unsupported(target, side.incomplete()));
      }
    }
    return Flux.concat(
        Flux.fromIterable(events),
        Flux.fromIterable(files).flatMap(this::file, steps.requests(), 1),
        Flux.fromIterable(directories)
            .concatMap(
                pair ->
                    directory(
                        pair.source().path(), pair.target().path(), below(names, pair.source())),
                0));
  }

  /** An entry of both sides. */
  private record Pair(FileEntry source, FileEntry target) {}

  private Mono<CheckEvent> file(Pair pair) {
    RemotePath path = pair.target().path();
    if (pair.source().kind() == FileKind.SYMBOLIC_LINK) {
      return link(pair).onErrorResume(failure -> Mono.just(unsupported(path, failure)));
    }
    if (pair.source().kind() != FileKind.FILE) {
      return Mono.just(new Unsupported(path, "neither a file nor a directory nor a link"));
    }
    return Verification.same(steps.from(), pair.source().path(), steps.to(), path)
        .<CheckEvent>map(same -> same ? new Verified(path) : new Mismatch(path, "other octets"))
        .onErrorResume(failure -> Mono.just(unsupported(path, failure)));
  }

  private Mono<CheckEvent> link(Pair pair) {
    RemotePath path = pair.target().path();
    return steps
        .from()
        .readLink(pair.source().path())
        .zipWith(steps.to().readLink(path))
        .map(
            texts ->
                texts.getT1().equals(texts.getT2())
                    ? new Verified(path)
                    : new Mismatch(
                        path,
                        "links to "
                            + RawName.escape(texts.getT1())
                            + " and "
                            + RawName.escape(texts.getT2())));
  }

  private static CheckEvent unsupported(RemotePath path, Throwable failure) {
    return new Unsupported(path, String.valueOf(failure.getMessage()));
  }

  private boolean lets(List<String> names, FileEntry entry) {
    return filter.lets(below(names, entry), entry.attributes().isDirectory());
  }

  private static List<String> below(List<String> names, FileEntry entry) {
    List<String> longer = new ArrayList<>(names);
    longer.add(entry.name());
    return longer;
  }

  /** Counts events, one at a time. */
  private static final class Counts {
    private final long startNanos = System.nanoTime();
    private long verified;
    private long mismatched;
    private long missing;
    private long extra;
    private long unsupported;

    void add(CheckEvent event) {
      if (event instanceof Verified) {
        verified++;
      } else if (event instanceof Mismatch) {
        mismatched++;
      } else if (event instanceof Missing) {
        missing++;
      } else if (event instanceof Extra) {
        extra++;
      } else if (event instanceof Unsupported) {
        unsupported++;
      }
    }

    Summary summary() {
      Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
      return new Summary(verified, mismatched, missing, extra, unsupported, took);
    }
  }
}
