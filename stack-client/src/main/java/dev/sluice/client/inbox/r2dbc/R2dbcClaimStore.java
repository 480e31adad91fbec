package dev.sluice.client.inbox.r2dbc;

import dev.sluice.api.RawName;
import dev.sluice.client.inbox.ClaimStore;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A {@link ClaimStore} in a table of a database, for consumers on several machines. Their clocks
 * need not agree: a claim has a number that each renewal changes, and whoever has seen the same
 * number for the time of the lease takes the claim over. Each call takes a connection of its own;
 * let the factory be a pool.
 */
@SuppressWarnings("exports") // a module that uses it requires r2dbc.spi itself
public final class R2dbcClaimStore implements ClaimStore {
  /** The table that {@link #of(ConnectionFactory)} uses. */
  public static final String DEFAULT_TABLE = "sluice_claims";

  /** Claims of others that are watched at a time. */
  private static final int MOST_WATCHED = 100_000;

  private static final Pattern TABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,127}");

  private final ConnectionFactory factory;
  private final String table;
  private final IntFunction<String> marker;
  private final Scheduler clock;
  private final Map<String, Seen> watched = new HashMap<>();

  /** A claim as a consumer has seen it, and since when. */
  private record Seen(Row row, long sinceNanos) {}

  private record Row(String consumer, long number, boolean finished) {}

  private R2dbcClaimStore(
      ConnectionFactory factory, String table, IntFunction<String> marker, Scheduler clock) {
    if (!TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException("table \"" + table + "\": letters, digits, _ and .");
    }
    this.factory = factory;
    this.table = table;
    this.marker = marker;
    this.clock = clock;
  }

  /** Claims in {@link #DEFAULT_TABLE}, for PostgreSQL, H2, MariaDB and MySQL. */
  public static R2dbcClaimStore of(ConnectionFactory factory) {
    String database = factory.getMetadata().getName();
    boolean questions = database.equals("MySQL") || database.equals("MariaDB");
    return new R2dbcClaimStore(
        factory, DEFAULT_TABLE, n -> questions ? "?" : "$" + n, Schedulers.parallel());
  }

  /** Uses another table. */
  public R2dbcClaimStore table(String name) {
    return new R2dbcClaimStore(factory, name, marker, clock);
  }

  /**
   * Another way to write the parameters of a statement.
   *
   * @param style the text for parameter 1, 2, ...; they are bound by their order
   */
  public R2dbcClaimStore parameters(IntFunction<String> style) {
    return new R2dbcClaimStore(factory, table, style, clock);
  }

  /** The clock by which leases end. */
  R2dbcClaimStore clock(Scheduler scheduler) {
    return new R2dbcClaimStore(factory, table, marker, scheduler);
  }

  /** Creates the table if it is missing. A row has a few hundred octets. */
  public Mono<Void> createTable() {
    Mono<Void> created =
        update(
                "CREATE TABLE IF NOT EXISTS "
                    + table
                    + " (claim VARCHAR(64) PRIMARY KEY, consumer VARCHAR(64) NOT NULL,"
                    + " number BIGINT NOT NULL, finished INTEGER NOT NULL)")
            .then();
    // In PostgreSQL the statement fails if another one creates the table at the same time.
    return created.onErrorResume(R2dbcException.class, raced -> created);
  }

  @Override
  public Mono<Answer> claim(String key, String consumer, Duration lease) {
    String digest = digest(key);
    return row(digest)
        .flatMap(row -> claimed(digest, row, consumer, lease))
        .switchIfEmpty(Mono.defer(() -> added(digest, consumer)));
  }

  private Mono<Answer> added(String digest, String consumer) {
    return update("INSERT INTO " + table + " VALUES (%s, %s, 0, 0)", digest, consumer)
        .thenReturn(Answer.CLAIMED)
        .onErrorReturn(R2dbcDataIntegrityViolationException.class, Answer.HELD);
  }

  private Mono<Answer> claimed(String digest, Row row, String consumer, Duration lease) {
    if (row.finished()) {
      forget(digest);
      return Mono.just(Answer.FINISHED);
    }
    if (!row.consumer().equals(consumer) && !isOver(digest, row, lease)) {
      return Mono.just(Answer.HELD);
    }
    return changed(digest, row, consumer)
        .map(
            taken -> {
              forget(digest);
              return taken ? Answer.CLAIMED : Answer.HELD;
            });
  }

  private synchronized boolean isOver(String digest, Row row, Duration lease) {
    long now = clock.now(TimeUnit.NANOSECONDS);
    if (watched.size() >= MOST_WATCHED) {
      watched.clear(); // a dead consumer's claims come back later
    }
    Seen seen =
        watched.compute(
            digest,
            (key, before) ->
                before != null && before.row().equals(row) ? before : new Seen(row, now));
    return now - Objects.requireNonNull(seen).sinceNanos() >= lease.toNanos();
  }

  private synchronized void forget(String digest) {
    watched.remove(digest);
  }

  /** Only if nobody else has changed it since. */
  private Mono<Boolean> changed(String digest, Row row, String consumer) {
    return update(
            "UPDATE "
                + table
                + " SET consumer = %s, number = %s WHERE claim = %s AND consumer = %s"
                + " AND number = %s AND finished = 0",
            consumer,
            row.number() + 1,
            digest,
            row.consumer(),
            row.number())
        .map(rows -> rows == 1);
  }

  @Override
  public Mono<Boolean> renew(String key, String consumer, Duration lease) {
    return update(
            "UPDATE "
                + table
                + " SET number = number + 1 WHERE claim = %s AND consumer = %s AND finished = 0",
            digest(key),
            consumer)
        .map(rows -> rows == 1);
  }

  @Override
  public Mono<Void> finish(String key, String consumer) {
    String digest = digest(key);
    return update("UPDATE " + table + " SET finished = 1 WHERE claim = %s", digest)
        .flatMap(
            rows ->
                rows == 1
                    ? Mono.just(rows)
                    : update("INSERT INTO " + table + " VALUES (%s, %s, 0, 1)", digest, consumer))
        .then();
  }

  @Override
  public Mono<Void> release(String key, String consumer) {
    return update(
            "DELETE FROM " + table + " WHERE claim = %s AND (consumer = %s OR finished = 1)",
            digest(key),
            consumer)
        .then();
  }

  private Mono<Row> row(String digest) {
    return with(connection ->
            Flux.from(
                    bound(
                            connection,
                            "SELECT consumer, number, finished FROM " + table + " WHERE claim = %s",
                            digest)
                        .execute())
                .concatMap(result -> result.map(R2dbcClaimStore::read)))
        .next();
  }

  private static Row read(Readable row) {
    return new Row(
        Objects.requireNonNull(row.get(0, String.class)),
        Objects.requireNonNull(row.get(1, Long.class)),
        Objects.requireNonNull(row.get(2, Integer.class)) != 0);
  }

  /** Signals the number of rows that were changed. */
  private Mono<Long> update(String sql, Object... values) {
    return with(connection ->
            Flux.from(bound(connection, sql, values).execute()).concatMap(Result::getRowsUpdated))
        .reduce(0L, Long::sum);
  }

  private <T> Flux<T> with(Function<Connection, Flux<T>> work) {
    return Flux.usingWhen(factory.create(), work, Connection::close);
  }

  private Statement bound(Connection connection, String sql, Object... values) {
    Object[] markers = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      markers[i] = marker.apply(i + 1);
    }
    Statement statement = connection.createStatement(String.format(sql, markers));
    for (int i = 0; i < values.length; i++) {
      statement.bind(i, values[i]);
    }
    return statement;
  }

  private static String digest(String key) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(RawName.encode(key)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
