package dev.sluice.api.observe;

import dev.sluice.api.RemotePath;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What happens in a session, in the past tense. Holds no secret; texts from a peer are escaped. */
public sealed interface SessionEvent {

  /** Distinguishes the sessions of one process. */
  long session();

  record Connected(long session, String protocol, SocketAddress peer) implements SessionEvent {}

  /**
   * A connection of the session is encrypted.
   *
   * @param protocol and version, such as {@code TLS 1.3}
   * @param cipher by its registered name
   * @param resumed whether it resumed an earlier handshake
   */
  record Secured(long session, String protocol, String cipher, boolean resumed)
      implements SessionEvent {}

  record LoggedIn(long session, String user) implements SessionEvent {}

  /**
   * A login failed.
   *
   * @param peer the client's address on a server; null = the observer is on the client's side
   */
  record LoginRefused(long session, String user, @Nullable SocketAddress peer)
      implements SessionEvent {
    public LoginRefused(long session, String user) {
      this(session, user, null);
    }
  }

  /**
   * So many logins have failed that further ones are refused for a while.
   *
   * @param whom the banned address, network or name
   * @param time how long the ban lasts
   */
  record Banned(long session, String whom, Duration time, SocketAddress peer)
      implements SessionEvent {}

  /** A connection was refused before any exchange, or lost its place before it logged in. */
  record TurnedAway(long session, SocketAddress peer, String reason) implements SessionEvent {}

  /** A request was answered: its verb or message name, and the reply or status code. */
  record RequestAnswered(long session, String request, int code, Duration took)
      implements SessionEvent {}

  /**
   * A listing ended in which some lines were not understood. Its entries include what was found out
   * about those lines by other means.
   *
   * @param lines how many were not understood, at least 1
   * @param first the first of them, escaped and cut
   */
  record ListingIncomplete(long session, RemotePath directory, long lines, String first)
      implements SessionEvent {}

  /**
   * A transfer ended.
   *
   * @param octets file octets moved
   * @param failure what cut it short, possibly {@link #CANCELLED}; null = complete
   */
  record TransferEnded(
      long session, Direction direction, long octets, Duration took, @Nullable String failure)
      implements SessionEvent {
    /** The failure of a transfer that its own user cancelled. */
    public static final String CANCELLED = "cancelled";

    /** Whether its own user ended it early. */
    public boolean isCancelled() {
      return CANCELLED.equals(failure);
    }
  }

  record Closed(long session, String reason) implements SessionEvent {}

  /** From the observer's point of view. */
  enum Direction {
    SENT,
    RECEIVED
  }
}
