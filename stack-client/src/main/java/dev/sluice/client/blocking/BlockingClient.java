package dev.sluice.client.blocking;

import dev.sluice.api.FileClient;
import dev.sluice.api.FileSession;
import java.io.IOException;
import java.util.Objects;

/**
 * A client for threads that may wait. Immutable.
 *
 * <p>Its calls throw {@link IllegalStateException} at once on a thread that must not wait, such as
 * an event loop. Failures are {@link IOException}s of java.nio.file, with the library's failure as
 * their cause. An interrupt cancels what is waited for, and is kept.
 */
public final class BlockingClient {
  private final FileClient client;
  private final BlockingOptions options;

  private BlockingClient(FileClient client, BlockingOptions options) {
    this.client = client;
    this.options = options;
  }

  /** With the usual deadlines. */
  public static BlockingClient of(FileClient client) {
    return of(client, BlockingOptions.DEFAULT);
  }

  /** With these deadlines. */
  public static BlockingClient of(FileClient client, BlockingOptions options) {
    return new BlockingClient(client, options);
  }

  /** Connects and logs in. To be closed. */
  public BlockingSession connect() throws IOException {
    FileSession session = Waiting.on(client.connect(), options.connect(), "a session");
    return BlockingSession.of(Objects.requireNonNull(session, "a session"), options);
  }
}
