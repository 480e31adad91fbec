package dev.sluice.storage.decorate;

import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * A storage with others mounted at its paths, as a disk with a directory that is on another server.
 *
 * <p>A mount point hides what the storage around it has there. It shows in the listing of its
 * parent, also while its own storage is out of reach, and can be neither renamed nor removed. A
 * mounted storage is opened when a session first uses it. A rename or a hard link from one mount to
 * another signals {@code UNSUPPORTED}, as between two disks; a copy passes through this process.
 */
public final class MountedStorage implements Storage {
  private final Storage around;
  private final Map<RemotePath, Storage> mounts;

  private MountedStorage(Storage around, Map<RemotePath, Storage> mounts) {
    this.around = around;
    this.mounts = mounts;
  }

  /** A storage without mounts. */
  public static MountedStorage of(Storage around) {
    return new MountedStorage(around, Map.of());
  }

  /**
   * This storage with one more mounted.
   *
   * @param path absolute, and not the root; directories above it that are missing are shown
   */
  public MountedStorage mount(RemotePath path, Storage mounted) {
    if (path.isRelative() || path.isRoot() || mounts.containsKey(path)) {
      throw new IllegalArgumentException(path + " is no free absolute path below the root");
    }
    Map<RemotePath, Storage> more = new HashMap<>(mounts);
    more.put(path, mounted);
    return new MountedStorage(around, Map.copyOf(more));
  }

  /** Checks the storage around; sessions work without a mounted one that is out of reach. */
  @Override
  public Mono<Void> check() {
    return around.check();
  }

  @Override
  public Mono<StorageSession> open(Identity user) {
    return around
        .open(user)
        .map(session -> new MountedSession(session, new MountTable(mounts, session, user)));
  }
}
