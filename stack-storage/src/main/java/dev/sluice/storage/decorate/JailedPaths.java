package dev.sluice.storage.decorate;

import dev.sluice.api.Capability;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.storage.StorageSession;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Translates paths, entries and links between a directory that acts as the root and the tree around
 * it.
 */
final class JailedPaths {
  private static final int MAX_LINKS = 40;
  private static final int MAX_STEPS = 8192;

  private final StorageSession inner;
  private final RemotePath root;

  JailedPaths(StorageSession inner, RemotePath root) {
    this.inner = inner;
    this.root = root;
  }

  /** The inner path that {@code path} leads to, without links except perhaps the last element. */
  Mono<RemotePath> find(RemotePath path) {
    return walk(path, false);
  }

  /** The inner path that {@code path} leads to, without links. */
  Mono<RemotePath> follow(RemotePath path) {
    return walk(path, true);
  }

  /** The inner tree's entry, under the requested name. */
  FileEntry outward(FileEntry found, RemotePath outer) {
    FileAttributes attributes = found.attributes();
    String target = attributes.linkTarget();
    return new FileEntry(
        outer,
        target == null
            ? attributes
            : attributes.withLinkTarget(shown(found.path().parent(), target)));
  }

  /** A refusal of the inner tree without the path of the root. */
  FileFailure outward(FileFailure refusal) {
    String message = String.valueOf(refusal.getMessage());
    String detail =
        message.substring(Math.min(message.length(), (refusal.error() + ": ").length()));
    String inside = root.isRoot() ? "" : RawName.escape(root.toString());
    return new FileFailure(refusal.error(), detail.replace(inside, ""));
  }

  /** The text of a link in the inner directory as seen from inside; null if it leads out. */
  @Nullable String shown(RemotePath directory, String target) {
    if (!target.startsWith("/")) {
      return climbs(directory.relativeTo(root), target) ? null : target;
    }
    RemotePath absolute = RemotePath.of(target);
    return absolute.startsWith(root) ? absolute.relativeTo(root).toString() : null;
  }

  /** The text to store in a link in the inner directory. */
  String stored(RemotePath directory, RemotePath link, String target) {
    if (target.startsWith("/")) {
      return root.append(RemotePath.of(target)).toString();
    }
    if (climbs(directory.relativeTo(root), target)) {
      throw new FileFailure(FileError.PERMISSION_DENIED, link, "the target is outside");
    }
    return target;
  }

  private static boolean climbs(RemotePath directory, String target) {
    int depth = directory.names().size();
    for (String name : target.split("/", -1)) {
      if (name.equals("..") && --depth < 0) {
        return true;
      }
      depth += name.isEmpty() || name.equals(".") || name.equals("..") ? 0 : 1;
    }
    return false;
  }

  private Mono<RemotePath> walk(RemotePath path, boolean followLast) {
    return Mono.defer(
        () -> {
          if (!inner.capabilities().contains(Capability.SYMBOLIC_LINKS)) {
            return Mono.just(root.append(path));
          }
          Walk walk = new Walk(path, followLast);
          return Mono.defer(walk::step)
              .repeat(() -> !walk.pending.isEmpty())
              .then(Mono.fromSupplier(() -> root.append(walk.here)));
        });
  }

  private final class Walk {
    private final RemotePath asked;
    private final boolean followLast;
    private final Deque<String> pending;
    private RemotePath here = RemotePath.root();
    private int links;
    private int steps;

    Walk(RemotePath asked, boolean followLast) {
      this.asked = asked;
      this.followLast = followLast;
      this.pending = new ArrayDeque<>(asked.names());
    }

    Mono<Void> step() {
      String name = pending.poll();
      if (name == null || name.isEmpty() || name.equals(".")) {
        return Mono.empty();
      }
      if (++steps > MAX_STEPS) {
        return Mono.error(loop());
      }
      if (name.equals("..")) {
        if (here.isRoot()) {
          return Mono.error(missing());
        }
        here = here.parent();
        return Mono.empty();
      }
      RemotePath next = here.child(name);
      boolean last = pending.isEmpty();
      if (last && !followLast) {
        here = next;
        return Mono.empty();
      }
      return look(next, last).flatMap(found -> enter(next, found.orElse(null)));
    }

    /** A missing element at the end of a path may be about to be created. */
    private Mono<Optional<FileEntry>> look(RemotePath next, boolean last) {
      return inner
          .lstat(root.append(next))
          .map(Optional::of)
          .onErrorResume(
              FileFailure.class,
              refusal ->
                  last && refusal.error() == FileError.NOT_FOUND
                      ? Mono.just(Optional.empty())
                      : Mono.error(refusal));
    }

    private Mono<Void> enter(RemotePath next, @Nullable FileEntry found) {
      if (found == null || !found.attributes().isSymbolicLink()) {
        here = next;
        return Mono.empty();
      }
      if (++links > MAX_LINKS) {
        return Mono.error(loop());
      }
      return inner.readLink(root.append(next)).doOnNext(this::enterLink).then();
    }

    private void enterLink(String target) {
      List<String> names = Arrays.asList(target.split("/", -1));
      if (target.startsWith("/")) {
        RemotePath absolute = RemotePath.of(target);
        if (!absolute.startsWith(root)) {
          throw missing();
        }
        here = RemotePath.root();
        names = absolute.relativeTo(root).names();
      }
      for (int i = names.size() - 1; i >= 0; i--) {
        pending.addFirst(names.get(i));
      }
    }

    private FileFailure missing() {
      return new FileFailure(FileError.NOT_FOUND, root.append(asked), "no such file or directory");
    }

    private FileFailure loop() {
      return new FileFailure(FileError.LINK_LOOP, root.append(asked), "too many symbolic links");
    }
  }
}
