package dev.sluice.ftp.client;

import dev.sluice.ftp.FtpReply;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What servers can do, as they said at the last login, so that the next one need not ask again. It
 * counts for the same greeting and the same user, in clear or under TLS as before, and for {@link
 * #LIFETIME}; a command that turns out to be unknown ends it. Safe for use by many threads.
 */
final class FeatureMemory {
  static final Duration LIFETIME = Duration.ofMinutes(10);

  /** One more, and all are forgotten. */
  private static final int MOST = 64;

  private final Map<Key, Known> known = new ConcurrentHashMap<>();

  /**
   * Who was told.
   *
   * @param secured under TLS: what was said in clear says nothing of that
   */
  record Key(String host, int port, String user, boolean secured) {}

  /**
   * What was said.
   *
   * @param greeting in front of it
   * @param alwaysUtf8 names are UTF-8 without being asked to
   * @param atNanos when
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
