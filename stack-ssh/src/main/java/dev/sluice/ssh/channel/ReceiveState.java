package dev.sluice.ssh.channel;

/** How far the peer's direction of a channel is from its end (RFC 4254 section 5.3). */
enum ReceiveState {
  /** Data may come. */
  OPEN,
  /** No more data is taken: the peer has sent EOF, or we want no more. */
  ENDED,
  /** The peer has sent CLOSE. */
  CLOSED,
  /** The connection is gone, and the peer's last word with it. */
  LOST;

  ReceiveState end() {
    return this == OPEN ? ENDED : this;
  }

  ReceiveState lose() {
    return this == OPEN || this == LOST ? LOST : CLOSED;
  }

  /** Whether the peer sends nothing more on this channel. */
  boolean isClosed() {
    return this == CLOSED || this == LOST;
  }

  /** Whether the data that has arrived is all there is. */
  boolean hasEnded() {
    return this == ENDED || this == CLOSED;
  }
}
