package dev.sluice.ssh.channel;

/**
 * How far our direction of a channel is from its end (RFC 4254 section 5.3): what may still be
 * queued, and which messages are due once the queue is empty.
 */
enum SendState {
  /** Data may be queued. */
  OPEN,
  /** EOF is due. */
  END_DUE,
  /** EOF has been sent. */
  ENDED,
  /** CLOSE is due, and nothing has asked for an EOF. */
  CLOSE_DUE,
  /** EOF is due, and CLOSE right after it. */
  END_AND_CLOSE_DUE,
  /** CLOSE is due, and no EOF may come before it. */
  ONLY_CLOSE_DUE,
  /** CLOSE has been sent, or the connection is gone. */
  CLOSED;

  /** Our direction is to end. */
  SendState end() {
    return switch (this) {
      case OPEN -> END_DUE;
      case CLOSE_DUE -> END_AND_CLOSE_DUE;
      default -> this;
    };
  }

  /** The channel is to be closed. */
  SendState close() {
    return switch (this) {
      case OPEN -> CLOSE_DUE;
      case END_DUE -> END_AND_CLOSE_DUE;
      case ENDED -> ONLY_CLOSE_DUE;
      default -> this;
    };
  }

  /** The peer has sent its CLOSE: nothing but ours may follow. */
  SendState closedByPeer() {
    return this == CLOSED ? CLOSED : ONLY_CLOSE_DUE;
  }

  /** What was due has been sent. */
  SendState sent() {
    return switch (this) {
      case END_DUE -> ENDED;
      case CLOSE_DUE, END_AND_CLOSE_DUE, ONLY_CLOSE_DUE -> CLOSED;
      default -> this;
    };
  }

  boolean owesEnd() {
    return this == END_DUE || this == END_AND_CLOSE_DUE;
  }

  boolean owesClose() {
    return this == CLOSE_DUE || this == END_AND_CLOSE_DUE || this == ONLY_CLOSE_DUE;
  }

  /** Whether the channel closes, or has closed. */
  boolean closes() {
    return owesClose() || this == CLOSED;
  }
}
