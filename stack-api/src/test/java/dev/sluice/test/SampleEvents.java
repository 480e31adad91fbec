package dev.sluice.test;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.PoolEvent;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.observe.TransferRef;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import reactor.util.context.Context;

/** One session, one transfer and one pool, with an event of each kind. */
public final class SampleEvents {
  public static final SessionRef SESSION =
      SessionRef.of(
              SessionRef.Role.CLIENT, "ftp", InetSocketAddress.createUnresolved("peer.example", 21))
          .withUser("ann");

  public static final TransferRef TRANSFER =
      new TransferRef(1, TransferRef.Direction.RECEIVED, RemotePath.of("/secret/name"));

  public static final Outcome FAILED =
      Outcome.failed(new FileFailure(FileError.NOT_FOUND, RemotePath.of("/secret/name"), "gone"));

  private static final Duration TOOK = Duration.ofMillis(30);

  private SampleEvents() {}

  /** Every kind of event of a session, in an order in which they may come. */
  public static List<SessionEvent> ofSession() {
    return List.of(
        new SessionEvent.Connecting(SESSION, Context.empty()),
        new SessionEvent.Connected(SESSION),
        new SessionEvent.Secured(SESSION, "TLS 1.3", "TLS_AES_128_GCM_SHA256", true),
        new SessionEvent.LoginRefused(SESSION, "mallory"),
        new SessionEvent.Banned(SESSION, "192.0.2.1", TOOK),
        new SessionEvent.TurnedAway(SESSION, "full"),
        new SessionEvent.LoggedIn(SESSION),
        new SessionEvent.RequestAnswered(SESSION, "RETR", 226, TOOK),
        new SessionEvent.ListingIncomplete(SESSION, RemotePath.root(), 3, "?"),
        new SessionEvent.TransferStarted(SESSION, TRANSFER, () -> 7, Context.empty()),
        new SessionEvent.TransferEnded(SESSION, TRANSFER, FAILED, 9, TOOK, Duration.ofMillis(5)),
        new SessionEvent.ConnectFailed(SESSION, FAILED, TOOK),
        new SessionEvent.Closed(SESSION, Outcome.COMPLETE, "closed"));
  }

  /** Every kind of event of a pool, in an order in which they may come. */
  public static List<PoolEvent> ofPool() {
    return List.of(
        new PoolEvent.Created("uploads"),
        new PoolEvent.Acquired("uploads", TOOK),
        new PoolEvent.AcquireFailed("uploads", Outcome.CANCELLED, TOOK),
        new PoolEvent.Returned("uploads"),
        new PoolEvent.Evicted("uploads"));
  }
}
