package dev.sluice.storage.decorate;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileKind;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is mounted where in one session, and opened so far. */
final class MountTable {
  private final Map<RemotePath, Mono<StorageSession>> mounts = new HashMap<>();
  private final List<StorageSession> opened = new ArrayList<>();
  private boolean closed;

  /**
   * A name in the tree that it belongs to.
   *
   * @param mount where that tree is
   * @param path as that tree names it
   */
  record Place(RemotePath mount, RemotePath path, Mono<StorageSession> session) {

    /** As the whole names it. */
    FileEntry outward(FileEntry found, RemotePath outer) {
      String target = found.attributes().linkTarget();
      return new FileEntry(
          outer,
          target == null ? found.attributes() : found.attributes().withLinkTarget(shown(target)));
    }

    /** The text of a link, seen from the whole. */
    String shown(String target) {
      return target.startsWith("/") ? mount.append(RemotePath.of(target)).toString() : target;
    }

    /** The text of a link that this tree stores. */
    String stored(String target) {
      if (!target.startsWith("/")) {
        return target;
      }
      RemotePath absolute = RemotePath.of(target);
      if (!absolute.startsWith(mount)) {
        throw new FileFailure(
            FileError.UNSUPPORTED, "a link cannot lead from one mount to another: " + target);
      }
      return absolute.relativeTo(mount).toString();
    }
  }

  MountTable(Map<RemotePath, Storage> mounts, StorageSession around, Identity user) {
    mounts.forEach((path, storage) -> this.mounts.put(path, lazily(storage, user)));
    this.mounts.put(RemotePath.root(), Mono.just(around));
    opened.add(around);
  }

  /** Where a path leads: to the deepest mount above it. */
  Place find(RemotePath path) {
    RemotePath outer = path.seenFrom(RemotePath.root());
    RemotePath mount = outer;
    while (!mounts.containsKey(mount)) {
      mount = mount.parent();
    }
    return new Place(mount, outer.relativeTo(mount), Objects.requireNonNull(mounts.get(mount)));
  }

  /** Whether a mount or a directory above one has this name. */
  boolean isFixed(RemotePath path) {
    RemotePath outer = path.seenFrom(RemotePath.root());
    return mounts.keySet().stream().anyMatch(mount -> mount.startsWith(outer));
  }

  /** Names that mounts have in a directory, or that lead to one. */
  Set<String> namesIn(RemotePath directory) {
    RemotePath outer = directory.seenFrom(RemotePath.root());
    Set<String> names = new TreeSet<>();
    for (RemotePath mount : mounts.keySet()) {
      if (mount.startsWith(outer) && !mount.equals(outer)) {
        names.add(mount.relativeTo(outer).names().get(0));
      }
    }
    return names;
  }

  /** What a directory is that has nothing but its name. */
  static FileEntry directory(RemotePath path) {
    return new FileEntry(path, FileAttributes.of(FileKind.DIRECTORY));
  }

  /** Closes all that was opened, also if some of it fails. */
  Mono<Void> close() {
    return Mono.defer(
        () -> Flux.fromIterable(taken()).concatMapDelayError(StorageSession::close).then());
  }

  private synchronized List<StorageSession> taken() {
    closed = true;
    return List.copyOf(opened);
  }

  /** A storage that could not be opened is tried again by the next verb. */
  private Mono<StorageSession> lazily(Storage storage, Identity user) {
    return Mono.defer(() -> storage.open(user))
        .flatMap(session -> add(session) ? Mono.just(session) : late(session))
        .cacheInvalidateIf(session -> false);
  }

  private synchronized boolean add(StorageSession session) {
    return !closed && opened.add(session);
  }

  private static Mono<StorageSession> late(StorageSession session) {
    return session.close().then(Mono.error(() -> new SessionClosed("the session was closed")));
  }
}
