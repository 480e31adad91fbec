package dev.sluice.ftp.client;

import dev.sluice.ftp.FtpReply;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What servers said at the last login that they can do, so that the next login need not ask again.
 * An entry is valid for the same greeting, the same user and the same protection (clear or TLS),
 * and for {@link #LIFETIME}; a command that turns out to be unknown invalidates it. Safe for use by
 * many threads.
 */
final class FeatureMemory {
  static final Duration LIFETIME = Duration.ofMinutes(10);

  /** The most entries kept; one more, and all are forgotten. */
  private static final int MOST = 64;

  private final Map<Key, Known> known = new ConcurrentHashMap<>();

  /**
   * The server and user of an entry.
   *
   * @param secured whether it was said under TLS: an answer in clear says nothing about TLS
   */
  record Key(String host, int port, String user, boolean secured) {}

  /**
   * What was said.
   *
   * @param greeting the greeting before it
   * @param alwaysUtf8 whether names are UTF-8 without a command
   * @param atNanos the time it was said
   */
  record Known(FtpReply greeting, Features features, boolean alwaysUtf8, long atNanos) {}

  Optional<Known> recall(Key key, FtpReply greeting) {
    return Optional.ofNullable(known.get(key))
        .filter(
            said ->
                said.greeting().equals(greeting)
                    && System.nanoTime() - said.atNanos() < LIFETIME.toNanos());
  }

  void remember(Key key, Known said) {
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(key, said);
  }

  void forget(Key key) {
    known.remove(key);
  }
}
