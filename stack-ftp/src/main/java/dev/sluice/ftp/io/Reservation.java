package dev.sluice.ftp.io;

import dev.sluice.api.SessionClosed;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A session's claim to the next connection from its client on one passive port. */
public final class Reservation {
  private final int port;
  private final Consumer<Reservation> withdraw;
  private final Sinks.One<DataLink> arrival = Sinks.one();
  private final AtomicReference<@Nullable DataLink> stream = new AtomicReference<>();
  private volatile boolean taken;

  Reservation(int port, Consumer<Reservation> withdraw) {
    this.port = port;
    this.withdraw = withdraw;
  }

  /** The port to announce to the client. */
  public int port() {
    return port;
  }

  /** Whether the client has connected already. */
  public boolean hasArrived() {
    return stream.get() != null;
  }

  /**
   * Emits the connection, now or when it arrives; the subscriber owns it. Signals {@link
   * SessionClosed} when the reservation is released before.
   */
  public Mono<DataLink> take() {
    return arrival.asMono().doOnNext(connected -> taken = true);
  }

  /**
   * Gives the claim up and resets a connection that was not taken: an orderly end would look like
   * that of an empty file. Idempotent.
   */
  public void release() {
    withdraw.accept(this);
    SessionClosed cause = new SessionClosed("the data port was given up");
    arrival.tryEmitError(cause);
    DataLink arrived = stream.get();
    if (arrived != null && !taken) {
      arrived.fail(cause);
    }
  }

  /**
   * Returns false when the reservation was released. The whole transfer may run, and end, inside
   * this call.
   */
  boolean arrived(DataLink connected) {
    stream.set(connected);
    return arrival.tryEmitValue(connected).isSuccess();
  }
}
