package dev.sluice.storage.local;

import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Directories that stay open for a moment, since the next walk usually needs them again.
 *
 * <p>A walk still looks at each directory in its path, by name in the open directory before it.
 * Only where it would open the same directory that is open here, it takes that one. While a
 * directory is open, no newer directory can have its identity, so the two cannot be confused,
 * whatever was renamed, replaced or deleted. The path counts as well: a file system that is mounted
 * in two places has one identity and may have two sets of rights.
 */
final class HeldDirectories {
  /** Directories held by a storage; each takes two descriptors. */
  static final int MOST = 64;

  /**
   * A directory that is unused for this long is closed: it would prevent the file system from being
   * unmounted.
   */
  static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Scheduler io;
  private final Map<Path, Held> held = new LinkedHashMap<>(16, 0.75f, true);
  private int sessions;
  private boolean sweeping;

  HeldDirectories(Scheduler io) {
    this.io = io;
  }

  /** The directory at {@code root}; links are followed. The caller closes it. */
  @SuppressWarnings("StreamResourceLeak") // closed with the directory
  SecureDirectory root(Path root) throws IOException {
    Object key = Files.readAttributes(root, BasicFileAttributes.class).fileKey();
    return take(root, key, () -> Files.newDirectoryStream(root));
  }

  /**
   * The directory {@code name} in {@code parent}; the caller closes it.
   *
   * @param found its attributes, read just now
   */
  SecureDirectory child(SecureDirectory parent, Path name, BasicFileAttributes found)
      throws IOException {
    return take(
        parent.path().resolve(name),
        found.fileKey(),
        () -> parent.stream().newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
  }

  synchronized void sessionOpened() {
    sessions++;
  }

  /** After the last session nothing is held. */
  void sessionClosed() {
    List<Descriptor> gone = new ArrayList<>();
    synchronized (this) {
      if (--sessions == 0) {
        held.values().forEach(each -> gone.add(each.descriptor));
        held.clear();
      }
    }
    gone.forEach(Descriptor::release);
  }

  /** Closes directories that have not been used for a while; returns whether any are left. */
  boolean closeIdle(long nowNanos) {
    List<Descriptor> gone = new ArrayList<>();
    boolean left;
    synchronized (this) {
      for (Iterator<Held> each = held.values().iterator(); each.hasNext(); ) {
        Held next = each.next();
        if (nowNanos - next.usedNanos >= IDLE_NANOS) {
          gone.add(next.descriptor);
          each.remove();
        }
      }
      left = !held.isEmpty();
    }
    gone.forEach(Descriptor::release);
    return left;
  }

  synchronized int count() {
    return held.size();
  }

  private SecureDirectory take(Path path, @Nullable Object key, Opener opener) throws IOException {
    Descriptor there = key == null ? null : held(path, key);
    if (there == null) {
      there = open(path, opener);
      hold(path, there);
    }
    return new SecureDirectory(there, path);
  }

  private synchronized @Nullable Descriptor held(Path path, Object key) {
    Held there = held.get(path);
    if (there == null || !key.equals(there.descriptor.key())) {
      return null;
    }
    there.usedNanos = System.nanoTime();
    return there.descriptor.share();
  }

  private static Descriptor open(Path path, Opener opener) throws IOException {
    DirectoryStream<Path> stream = opener.open();
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return Descriptor.of(secure);
    }
    stream.close();
    throw new IOException(path + " lies on another file system than before");
  }

  /** Not after the last session, whose calls may end later. */
  private void hold(Path path, Descriptor opened) {
    List<Descriptor> gone = new ArrayList<>();
    synchronized (this) {
      if (sessions == 0) {
        return;
      }
      Held before = held.put(path, new Held(opened.share()));
      if (before != null) {
        gone.add(before.descriptor);
      }
      if (held.size() > MOST) {
        Iterator<Held> eldest = held.values().iterator();
        gone.add(eldest.next().descriptor);
        eldest.remove();
      }
      if (!sweeping) {
        sweeping = true;
        sweepLater();
      }
    }
    gone.forEach(Descriptor::release);
  }

  private void sweepLater() {
    GlobalEventExecutor.INSTANCE.schedule(this::sweepSoon, IDLE_NANOS, TimeUnit.NANOSECONDS);
  }

  /** A close may block, and the timer thread must not. */
  private void sweepSoon() {
    try {
      io.schedule(this::sweep);
    } catch (RejectedExecutionException e) {
      Schedulers.boundedElastic().schedule(this::sweep);
    }
  }

  private void sweep() {
    closeIdle(System.nanoTime());
    synchronized (this) {
      sweeping = !held.isEmpty();
      if (sweeping) {
        sweepLater();
      }
    }
  }

  private static final class Held {
    private final Descriptor descriptor;
    private long usedNanos = System.nanoTime();

    Held(Descriptor descriptor) {
      this.descriptor = descriptor;
    }
  }

  private interface Opener {
    DirectoryStream<Path> open() throws IOException;
  }
}
