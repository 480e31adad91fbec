package dev.sluice.ssh.algorithm;

/** Packets before the first NEWKEYS: neither encrypted nor authenticated (RFC 4253 section 6). */
final class PlainPackets {
  private static final int ALIGNMENT = 8;

  static final PacketSealer SEALER = new Sealer();
  static final PacketOpener OPENER = new Opener();

  private PlainPackets() {}

  private static final class Sealer implements PacketSealer {
    @Override
    public int alignment() {
      return ALIGNMENT;
    }

    @Override
    public boolean lengthIsPadded() {
      return true;
    }

    @Override
    public int tagLength() {
      return 0;
    }

    @Override
    public void seal(int sequence, byte[] packet, int offset, int length) {}

    @Override
    public void close() {}
  }

  private static final class Opener implements PacketOpener {
    @Override
    public int alignment() {
      return ALIGNMENT;
    }

    @Override
    public boolean lengthIsPadded() {
      return true;
    }

    @Override
    public int tagLength() {
      return 0;
    }

    @Override
    public int headLength() {
      return Octets.LENGTH_BYTES;
    }

    @Override
    public long packetLength(int sequence, byte[] in, int offset) {
      return Octets.uint32(in, offset);
    }

    @Override
    public void open(
        int sequence, byte[] in, int inOffset, byte[] out, int outOffset, int packetLength) {
      System.arraycopy(in, inOffset, out, outOffset, Octets.LENGTH_BYTES + packetLength);
    }

    @Override
    public void close() {}
  }
}
