package dev.sluice.client.inbox.r2dbc;

import io.r2dbc.spi.ConnectionFactory;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** PostgreSQL, as Debian has it. */
final class PostgresClaimStoreIT extends ClaimsInDatabaseContract {
  private static PostgresServer server;

  private final ConnectionFactory database = server.freshDatabase();

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (server != null) {
      server.close();
    }
  }

  @Override
  ConnectionFactory database() {
    return database;
  }
}
