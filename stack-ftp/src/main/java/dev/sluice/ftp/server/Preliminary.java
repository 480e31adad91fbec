package dev.sluice.ftp.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * The 1yz reply of a transfer, which goes out once.
 *
 * <p>It usually goes out at once: many clients wait for it before they begin TLS on the data
 * connection (RFC 4217 section 12). curl begins before it has sent the command, and hangs up as
 * soon as its file is out. OpenSSL uses a ticket of TLS 1.3 once (RFC 8446 appendix C.4), so that
 * its next data connection can resume only with the ticket of this one. The reply to such a client
 * therefore waits until the ticket is out.
 *
 * <p>Go's TLS, as in rclone, waits for the reply and reads nothing while it sends. If it closes
 * with an unread ticket, its end becomes a reset; for such clients tickets wait for the end.
 */
final class Preliminary {
  /** The time in which a hello sent before the command arrives. */
  private static final Duration HELLO_TIME = Duration.ofMillis(250);

  /** The time for a handshake; a client that exceeds it may be waiting for the reply. */
  private static final Duration HANDSHAKE_TIME = Duration.ofSeconds(2);

  private final Session session;
  private final String text;
  private final AtomicBoolean sent = new AtomicBoolean();
  private volatile boolean helloHeard;

  Preliminary(Session session, String text) {
    this.session = session;
    this.text = text;
  }

  /** Sends the reply before {@code connection} is made. */
  <T> Mono<T> before(Mono<T> connection) {
    return Mono.defer(
        () -> {
          send();
          return connection;
        });
  }

  /** Sends the reply when {@code connection} is protected, or earlier if the client waits. */
  <T> Mono<T> afterHandshake(Mono<T> connection) {
    return Mono.using(
        this::watch, watch -> connection.doOnNext(done -> send()), Disposable::dispose);
  }

  /**
   * The client has begun TLS on the data connection; returns whether it did so before the reply.
   * Any thread.
   */
  boolean helloHeard() {
    helloHeard = true;
    return !sent.get();
  }

  private Disposable watch() {
    return Disposables.composite(
        after(HELLO_TIME, () -> giveUp(helloHeard)), after(HANDSHAKE_TIME, () -> giveUp(false)));
  }

  private Disposable after(Duration time, Runnable work) {
    return session.scheduler().schedule(work, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void giveUp(boolean goesOn) {
    if (!goesOn && !sent.get()) {
      session.security.clientWaitsForReply();
      send();
    }
  }

  private void send() {
    if (sent.compareAndSet(false, true)) {
      session.preliminary(session.data.isConnected() ? 125 : 150, text);
    }
  }
}
