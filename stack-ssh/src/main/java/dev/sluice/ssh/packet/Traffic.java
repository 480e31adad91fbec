package dev.sluice.ssh.packet;

/** What went in one direction since the last change of keys. */
public final class Traffic {
  private long packets;
  private long octets;

  void add(long packetOctets) {
    packets++;
    octets += packetOctets;
  }

  void restart() {
    packets = 0;
    octets = 0;
  }

  public long packets() {
    return packets;
  }

  /** Of whole packets, in octets. */
  public long octets() {
    return octets;
  }
}
