package dev.sluice.client.blocking;

import dev.sluice.api.FileEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import reactor.core.publisher.Flux;

/** Entries as a stream of the JDK, asked for one at a time. */
final class EntryStream extends AbstractSpliterator<FileEntry> {
  private final Ahead<FileEntry> entries;

  private EntryStream(Ahead<FileEntry> entries) {
    super(Long.MAX_VALUE, Spliterator.NONNULL);
    this.entries = entries;
  }

  static Stream<FileEntry> of(Flux<FileEntry> entries, String what, Duration stall) {
    Ahead<FileEntry> ahead = Ahead.of(entries, what, stall, 1, entry -> {});
    return StreamSupport.stream(new EntryStream(ahead), false).onClose(ahead::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super FileEntry> action) {
    try {
      FileEntry next = entries.next();
      if (next == null) {
        return false;
      }
      action.accept(next);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
