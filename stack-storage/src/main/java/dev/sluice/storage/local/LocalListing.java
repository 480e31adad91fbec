package dev.sluice.storage.local;

import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** A directory that is read in batches, on demand; at most two batches are in memory. */
final class LocalListing {
  /** Entries read in one hop to an I/O thread. */
  static final int BATCH = 256;

  private final Directory directory;
  private final RemotePath path;
  private final LocalAttributes attributes;
  private final Iterator<Path> names;
  private boolean ended;

  private LocalListing(Directory directory, RemotePath path, LocalAttributes attributes) {
    this.directory = directory;
    this.path = path;
    this.attributes = attributes;
    this.names = directory.names();
  }

  /** The entries of {@code path}. */
  static Flux<FileEntry> stream(
      Jail jail, RemotePath path, LocalAttributes attributes, Scheduler io) {
    BlockingCall<LocalListing> open =
        new BlockingCall<>(
            io,
            path,
            () -> open(jail.directory(path), path, attributes),
            LocalListing::close,
            () -> {});
    return Flux.usingWhen(
        open,
        listing ->
            BlockingCall.of(io, path, listing::nextBatch)
                .repeat(() -> !listing.hasEnded())
                .concatMapIterable(batch -> batch, 1),
        listing -> BlockingCall.release(io, path, listing::close));
  }

  private static LocalListing open(Directory directory, RemotePath path, LocalAttributes attributes)
      throws IOException {
    try {
      return new LocalListing(directory, path, attributes);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** The next entries; an entry that vanishes or cannot be read is left out. */
  private synchronized List<FileEntry> nextBatch() throws IOException {
    List<FileEntry> batch = new ArrayList<>(BATCH);
    while (batch.size() < BATCH && !ended) {
      Path entry = next();
      if (entry != null) {
        add(batch, entry);
      }
    }
    return batch;
  }

  private @Nullable Path next() throws IOException {
    try {
      if (names.hasNext()) {
        return names.next().getFileName();
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    ended = true;
    return null;
  }

  private void add(List<FileEntry> batch, Path entry) {
    String name = LocalNames.toName(entry);
    if (TemporaryNames.matches(name)) {
      return;
    }
    try {
      batch.add(new FileEntry(path.child(name), attributes.read(directory, entry)));
    } catch (IOException e) {
      // Deleted, or not visible to us: not in the listing.
    }
  }

  private synchronized boolean hasEnded() {
    return ended;
  }

  private synchronized void close() {
    ended = true;
    directory.close();
  }
}
