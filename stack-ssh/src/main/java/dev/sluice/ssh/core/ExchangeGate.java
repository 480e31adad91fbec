package dev.sluice.ssh.core;

import dev.sluice.api.LimitExceeded;
import dev.sluice.ssh.message.KexInit;
import dev.sluice.ssh.message.TransportMessage;
import dev.sluice.ssh.wire.SshViolation;

/**
 * Which messages may come while keys are exchanged (RFC 4253 section 7.1), strict where the peer is
 * too (OpenSSH PROTOCOL section 1.10).
 */
final class ExchangeGate {
  /** The last number of messages that belong to an exchange. */
  static final int LAST_NUMBER = 49;

  /**
   * Octets of channel messages that a server may send between its KEXINIT and its NEWKEYS, which
   * RFC 4253 section 7.1 forbids and AsyncSSH does: the data it had in flight. The previous keys
   * protect it, and the channel windows bound it too.
   */
  static final long MOST_LATE_OCTETS = 64L << 20;

  private static final int FIRST_OF_CHANNELS = 93; // WINDOW_ADJUST
  private static final int LAST_OF_CHANNELS = 100; // CHANNEL_FAILURE

  /** Where the exchanges of a connection stand, as far as other messages are concerned. */
  private enum Phase {
    /** There are no keys yet. */
    FIRST,
    /** There are no keys yet, and the peer has sent the KEXINIT for them. */
    FIRST_AGREED,
    /** Keys are in use. */
    OPEN,
    /** Our KEXINIT for the next keys has been sent; the peer's has not arrived. */
    BEGUN,
    /** The peer has sent its KEXINIT for the next keys. */
    AGREED;

    boolean isFirst() {
      return this == FIRST || this == FIRST_AGREED;
    }
  }

  private final Markers markers;
  private final boolean client;
  private Phase phase = Phase.FIRST;
  private boolean dropNext;
  private long lateOctets;

  ExchangeGate(Role role, Markers markers) {
    this.client = role.isClient();
    this.markers = markers;
  }

  /** Our KEXINIT has been sent. */
  void begin() {
    phase = phase.isFirst() ? Phase.FIRST : Phase.BEGUN;
    lateOctets = 0;
  }

  /**
   * The peer's KEXINIT has arrived.
   *
   * @param wrongGuess whether its next packet was made for another choice
   */
  void agree(boolean wrongGuess) {
    phase = phase.isFirst() ? Phase.FIRST_AGREED : Phase.AGREED;
    dropNext = wrongGuess;
  }

  /** New keys protect both directions. */
  void open() {
    phase = Phase.OPEN;
  }

  /** Whether keys are in use, and no exchange is under way. */
  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  /** Whether there are no keys yet. */
  boolean isFirst() {
    return phase.isFirst();
  }

  /**
   * Checks each packet before anything else does.
   *
   * @param octets of its payload
   * @return false = the packet is to be dropped
   */
  boolean admit(int number, int octets) {
    if (dropNext) {
      dropNext = false;
      return false;
    }
    boolean isKex = number >= KexInit.NUMBER && number <= LAST_NUMBER;
    if (!isKex && number != TransportMessage.Disconnect.NUMBER) {
      requireAllowed(number, octets);
    }
    return true;
  }

  private void requireAllowed(int number, int octets) {
    boolean common = number >= 1 && number <= TransportMessage.Debug.NUMBER;
    switch (phase) {
      case OPEN, BEGUN -> {}
      case AGREED -> {
        if (!common) {
          takeLate(number, octets);
        }
      }
      case FIRST, FIRST_AGREED -> {
        if (phase == Phase.FIRST_AGREED && markers.strict()) {
          throw SshViolation.protocol("strict key exchange: message " + number + " before NEWKEYS");
        }
        if (!common) {
          throw tooEarly(number);
        }
      }
    }
  }

  private void takeLate(int number, int octets) {
    if (!client || number < FIRST_OF_CHANNELS || number > LAST_OF_CHANNELS) {
      throw tooEarly(number);
    }
    lateOctets += octets;
    if (lateOctets > MOST_LATE_OCTETS) {
      throw new LimitExceeded(
          "key exchange: more than " + MOST_LATE_OCTETS + " octets of channels before NEWKEYS");
    }
  }

  private static SshViolation tooEarly(int number) {
    return SshViolation.protocol("key exchange: message " + number + " before NEWKEYS");
  }
}
