package dev.sluice.api.observe;

import dev.sluice.api.RemotePath;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/** What happens in a session. Holds no secret; texts from a peer are escaped. */
public sealed interface SessionEvent {

  SessionRef session();

  /**
   * A client begins to open a session.
   *
   * @param context of the subscriber, as that of a tracer
   */
  record Connecting(SessionRef session, ContextView context) implements SessionEvent {}

  /** A connection is there. */
  record Connected(SessionRef session) implements SessionEvent {}

  /**
   * A client got no session: cancelled or failed. If it was connected, {@link Closed} comes too.
   */
  record ConnectFailed(SessionRef session, Outcome outcome, Duration took)
      implements SessionEvent {}

  /**
   * A connection of the session is encrypted.
   *
   * @param protocol and version, such as {@code TLS 1.3}
   * @param cipher by its registered name
   * @param resumed whether it resumed an earlier handshake
   */
  record Secured(SessionRef session, String protocol, String cipher, boolean resumed)
      implements SessionEvent {}

  /** The session has a user. */
  record LoggedIn(SessionRef session) implements SessionEvent {}

  /**
   * A login failed.
   *
   * @param user the name that was claimed
   */
  record LoginRefused(SessionRef session, String user) implements SessionEvent {}

  /**
   * So many logins have failed that further ones are refused for a while.
   *
   * @param whom the banned address, network or name
   * @param time how long the ban lasts
   */
  record Banned(SessionRef session, String whom, Duration time) implements SessionEvent {}

  /** A connection was refused before any exchange, or lost its place before it logged in. */
  record TurnedAway(SessionRef session, String reason) implements SessionEvent {}

  /** A request was answered: its verb or message name, and the reply or status code. */
  record RequestAnswered(SessionRef session, String request, int code, Duration took)
      implements SessionEvent {}

  /**
   * A listing ended in which some lines were not understood. Its entries include what was found out
   * about those lines by other means.
   *
   * @param lines how many were not understood, at least 1
   * @param first the first of them, escaped and cut
   */
  record ListingIncomplete(SessionRef session, RemotePath directory, long lines, String first)
      implements SessionEvent {}

  /**
   * The content of a file begins to move. Exactly one {@link TransferEnded} follows.
   *
   * @param octets how many have moved by now; any thread may ask, until the end
   * @param context of the client's subscriber; empty on a server
   */
  record TransferStarted(
      SessionRef session, TransferRef transfer, LongSupplier octets, ContextView context)
      implements SessionEvent {}

  /**
   * A transfer ended.
   *
   * @param octets moved in all
   * @param firstOctet how long the first octet took; null = none has moved
   */
  record TransferEnded(
      SessionRef session,
      TransferRef transfer,
      Outcome outcome,
      long octets,
      Duration took,
      @Nullable Duration firstOctet)
      implements SessionEvent {}

  /**
   * A session that was connected has ended.
   *
   * @param outcome complete = in order, by whichever side
   * @param reason the same in words
   */
  record Closed(SessionRef session, Outcome outcome, String reason) implements SessionEvent {}
}
