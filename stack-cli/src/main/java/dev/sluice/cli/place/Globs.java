package dev.sluice.cli.place;

import dev.sluice.api.DirectoryListing;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.Glob;
import dev.sluice.api.IncompleteListing;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WalkOptions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Expands patterns in paths of a server, where no shell does it: {@code *}, {@code ?} and {@code
 * [...]} stand within a name, {@code **} for any number of directories. As in a shell, a name that
 * begins with a dot matches only a pattern that begins with one.
 */
final class Globs {
  private static final String ANY_DEPTH = "**";

  private final FileOperations tree;
  private final AtomicReference<@Nullable IncompleteListing> gap = new AtomicReference<>();

  private Globs(FileOperations tree) {
    this.tree = tree;
  }

  /**
   * What matches {@code pattern}, in order. Nothing is {@link FileError#NOT_FOUND}, and a listing
   * that was not fully understood is signalled at the end.
   */
  static Flux<RemotePath> expand(FileOperations tree, RemotePath pattern) {
    return Flux.defer(
        () -> {
          Globs globs = new Globs(tree);
          List<String> names = pattern.names();
          int plain = 0;
          while (plain < names.size() && !Glob.isPattern(names.get(plain))) {
            plain++;
          }
          RemotePath start = pattern;
          for (int i = plain; i < names.size(); i++) {
            start = start.parent();
          }
          return globs
              .below(start, names.subList(plain, names.size()), 0)
              .distinct()
              .switchIfEmpty(
                  Flux.error(
                      () -> new FileFailure(FileError.NOT_FOUND, pattern, "matches nothing")))
              .concatWith(globs.complaint());
        });
  }

  private Mono<RemotePath> complaint() {
    return Mono.defer(
        () -> {
          IncompleteListing first = gap.get();
          return first == null ? Mono.empty() : Mono.error(first);
        });
  }

  private Flux<RemotePath> below(RemotePath directory, List<String> patterns, int depth) {
    if (patterns.isEmpty()) {
      return Flux.just(directory);
    }
    String first = patterns.get(0);
    List<String> rest = patterns.subList(1, patterns.size());
    if (!Glob.isPattern(first)) {
      RemotePath named = directory.child(first);
      return rest.isEmpty()
          ? tree.exists(named).filter(there -> there).map(there -> named).flux()
          : below(named, rest, depth);
    }
    boolean anyDepth = first.equals(ANY_DEPTH);
    Flux<RemotePath> here =
        anyDepth && !rest.isEmpty() ? below(directory, rest, depth) : Flux.empty();
    return here.concatWith(
        Flux.defer(() -> listed(directory))
            .filter(entry -> matches(first, entry.name()))
            .concatMap(entry -> into(entry, patterns, depth)));
  }

  private Flux<RemotePath> into(FileEntry entry, List<String> patterns, int depth) {
    List<String> rest = patterns.subList(1, patterns.size());
    boolean anyDepth = patterns.get(0).equals(ANY_DEPTH);
    Flux<RemotePath> itself = rest.isEmpty() ? Flux.just(entry.path()) : Flux.empty();
    if (!entry.attributes().isDirectory() || depth > WalkOptions.MAX_DEPTH) {
      return itself;
    }
    if (anyDepth) {
      return itself.concatWith(Flux.defer(() -> below(entry.path(), patterns, depth + 1)));
    }
    return rest.isEmpty() ? itself : below(entry.path(), rest, depth + 1);
  }

  /** A directory that has gone meanwhile, or that was none, holds no match. */
  private Flux<FileEntry> listed(RemotePath directory) {
    return DirectoryListing.of(tree, directory)
        .onErrorResume(
            FileFailure.class,
            refused ->
                refused.error() == FileError.NOT_FOUND
                        || refused.error() == FileError.NOT_A_DIRECTORY
                    ? Mono.empty()
                    : Mono.error(refused))
        .flatMapMany(
            listing -> {
              gap.compareAndSet(null, listing.incomplete());
              return Flux.fromStream(
                  listing.entries().stream().sorted(Comparator.comparing(FileEntry::name)));
            });
  }

  private static boolean matches(String pattern, String name) {
    return (!name.startsWith(".") || pattern.startsWith(".")) && new Glob(pattern).matches(name);
  }
}
