package dev.sluice.spring;

import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.client.RemoteClient;
import dev.sluice.client.blocking.BlockingOptions;
import dev.sluice.client.blocking.BlockingSession;
import java.io.IOException;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether a server answers: it is asked about the root, over a session of the pool. The place that
 * is shown has no password.
 */
record ServerHealth(RemoteClient client, FileOperations files) implements HealthIndicator {
  private static final BlockingOptions WAITS =
      BlockingOptions.DEFAULT.withVerb(Duration.ofSeconds(10));

  @Override
  public Health health() {
    Health.Builder health = new Health.Builder().withDetail("server", client.place().toString());
    try {
      BlockingSession.of(files, WAITS).exists(RemotePath.root());
      return health.up().build();
    } catch (IOException e) {
      return health.down(e).build();
    }
  }
}
