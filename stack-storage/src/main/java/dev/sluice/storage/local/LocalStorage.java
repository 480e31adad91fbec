package dev.sluice.storage.local;

import dev.sluice.api.IoScheduler;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Files on the disk of this machine. Immutable; each setting returns a new storage.
 *
 * <p><b>Jail.</b> Nothing outside the root can be reached: not by {@code ..}, not by a symbolic
 * link (one that leads outside reads as missing), not by renaming directories while a path is
 * walked. This uses directory descriptors, which Java offers on Linux and macOS. On other systems
 * each step is checked before it is taken, and another process on the same machine could outrun the
 * check. The directories in the path must be readable, not only searchable, for the account of this
 * process. Up to 64 of them stay open for a second after their last use, at most until the last
 * session is closed.
 *
 * <p><b>Uploads.</b> A file that is created or atomically replaced is written under a hidden
 * temporary name, {@code .sluice-RANDOM.part}, in the same directory, and renamed when it is
 * complete; it keeps the nine permission bits of the file it replaces and belongs to the account of
 * this process. A file that must not exist yet reserves its name with an empty file for the instant
 * before the rename. A crash may leave a temporary file. It stays invisible, the operator can
 * remove it, and it is deleted together with its directory if that happens at least a day later.
 *
 * <p><b>Threads.</b> All blocking calls run on the {@linkplain #ioScheduler I/O scheduler}.
 */
public final class LocalStorage implements Storage {
  private final Function<Identity, Path> roots;
  private final @Nullable Path checked;
  private final Scheduler io;
  private final boolean fsync;
  private final @Nullable HeldDirectories held;

  private LocalStorage(
      Function<Identity, Path> roots,
      @Nullable Path checked,
      Scheduler io,
      boolean fsync,
      @Nullable HeldDirectories held) {
    this.roots = roots;
    this.checked = checked;
    this.io = io;
    this.fsync = fsync;
    this.held = held;
  }

  /** All users share the tree below {@code root}, an existing directory. */
  public static LocalStorage at(Path root) {
    return perUser(user -> root).checking(root);
  }

  /**
   * Each user has a tree.
   *
   * @param roots called on an I/O thread at each login; may block. Check a user's name before you
   *     build a path from it.
   */
  public static LocalStorage perUser(Function<Identity, Path> roots) {
    Scheduler io = IoScheduler.shared();
    return new LocalStorage(roots, null, io, false, new HeldDirectories(io));
  }

  /**
   * The directory that {@link #check} checks: one that every user's tree needs, such as a mount
   * point. By default the tree itself if all users share one, and nothing if each user has a tree.
   */
  public LocalStorage checking(Path directory) {
    return new LocalStorage(roots, directory, io, fsync, held);
  }

  /** Whether an upload is forced to the disk before it counts as done. Off by default. */
  public LocalStorage fsync(boolean force) {
    return new LocalStorage(roots, checked, io, force, held);
  }

  /**
   * The scheduler for blocking calls. By default one bounded pool for the whole process: as many
   * threads as processors, at least two, and up to 65,536 waiting calls. Must not be a scheduler of
   * non-blocking threads; is not disposed.
   */
  public LocalStorage ioScheduler(Scheduler scheduler) {
    return new LocalStorage(
        roots, checked, scheduler, fsync, held == null ? null : new HeldDirectories(scheduler));
  }

  /** Whether a file of this name is an unfinished upload, or what a crash has left of one. */
  public static boolean isTemporary(String name) {
    return TemporaryNames.matches(name);
  }

  /** As on a system without descriptors for directories. */
  LocalStorage withoutDescriptors() {
    return new LocalStorage(roots, checked, io, fsync, null);
  }

  @Override
  public Mono<StorageSession> open(Identity user) {
    return BlockingCall.of(io, RemotePath.root(), () -> openNow(user));
  }

  @Override
  public Mono<Void> check() {
    Path directory = checked;
    return directory == null
        ? Mono.empty()
        : BlockingCall.run(io, RemotePath.root(), () -> look(directory));
  }

  private static void look(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      // A share that has gone may still open, but then fails to read.
      boolean unused = entries.iterator().hasNext();
    } catch (IOException e) {
      throw FileErrors.unreachable(directory, e);
    } catch (DirectoryIteratorException e) {
      throw FileErrors.unreachable(directory, new IOException(e.getMessage(), e));
    }
  }

  /**
   * Removes the temporary files below {@code root} that uploads of an ended process have left:
   * those that no process holds open, and those that were not written to for a day. Returns how
   * many were removed. Walks the whole tree; a server does that when it starts and from time to
   * time.
   */
  public static Mono<Integer> removeLeftovers(Path root) {
    return BlockingCall.of(
        Schedulers.boundedElastic(), RemotePath.root(), () -> Leftovers.sweep(root));
  }

  private StorageSession openNow(Identity user) throws IOException {
    Path root = roots.apply(user);
    Jail jail = Jail.at(root, held);
    boolean posix = Files.getFileAttributeView(root, PosixFileAttributeView.class) != null;
    return new LocalSession(jail, io, fsync, posix);
  }
}
