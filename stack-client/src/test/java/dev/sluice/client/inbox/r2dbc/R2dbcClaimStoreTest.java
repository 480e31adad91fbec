package dev.sluice.client.inbox.r2dbc;

import io.r2dbc.h2.H2ConnectionConfiguration;
import io.r2dbc.h2.H2ConnectionFactory;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** H2 within the process. */
final class R2dbcClaimStoreTest extends ClaimsInDatabaseContract {
  private final H2ConnectionFactory database =
      new H2ConnectionFactory(
          H2ConnectionConfiguration.builder()
              .inMemory("claims" + System.nanoTime())
              .option("DB_CLOSE_DELAY=-1")
              .build());

  @Override
  ConnectionFactory database() {
    return database;
  }

  @AfterEach
  void drop() {
    Flux.usingWhen(
            database.create(),
            it -> Mono.from(it.createStatement("SHUTDOWN").execute()).onErrorComplete(),
            it -> Mono.from(it.close()).onErrorComplete())
        .then()
        .onErrorComplete()
        .block(Duration.ofSeconds(30));
  }
}
