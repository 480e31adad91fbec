package dev.sluice.docs.walk;

import dev.sluice.ssh.algorithm.CipherAlgorithm;
import dev.sluice.ssh.algorithm.PacketOpener;
import dev.sluice.ssh.algorithm.PacketSealer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Keeps the packets that a client seals and opens, as they were in clear and as they went over the
 * wire. An algorithm is a value: this makes one of another that is the same on the wire.
 */
final class PacketRecorder {
  private final List<Packet> packets = new ArrayList<>();

  /**
   * A packet.
   *
   * @param sequence its number, a uint32
   * @param sealed as sent, the tag at its end
   * @param open {@code packet_length ‖ padding_length ‖ payload ‖ padding}
   */
  record Packet(Side from, int sequence, byte[] sealed, byte[] open) {
    byte[] payload() {
      return Arrays.copyOfRange(open, 5, open.length - padding());
    }

    int padding() {
      return open[4] & 0xFF;
    }

    /** The message's number. */
    int number() {
      return open[5] & 0xFF;
    }
  }

  /** The same cipher, watched. */
  CipherAlgorithm watch(CipherAlgorithm cipher) {
    return new CipherAlgorithm(
        cipher.name(),
        cipher.keyLength(),
        cipher.ivLength(),
        cipher.isAead(),
        (mac, keys) -> new Sealer(cipher.sealer(mac, keys)),
        (mac, keys) -> new Opener(cipher.opener(mac, keys)));
  }

  /** What there is so far, in the order in which the client saw it. */
  synchronized List<Packet> packets() {
    return List.copyOf(packets);
  }

  /** Waits for a packet: the order of what comes next would be a matter of luck without it. */
  synchronized void await(Predicate<Packet> wanted, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (packets.stream().noneMatch(wanted)) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new IllegalStateException("a packet did not come within " + limit);
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private synchronized void add(Packet packet) {
    packets.add(packet);
    notifyAll();
  }

  private final class Sealer implements PacketSealer {
    private final PacketSealer real;

    Sealer(PacketSealer real) {
      this.real = real;
    }

    @Override
    public int alignment() {
      return real.alignment();
    }

    @Override
    public boolean lengthIsPadded() {
      return real.lengthIsPadded();
    }

    @Override
    public int tagLength() {
      return real.tagLength();
    }

    @Override
    public void seal(int sequence, byte[] packet, int offset, int length) {
      byte[] open = Arrays.copyOfRange(packet, offset, offset + length);
      real.seal(sequence, packet, offset, length);
      byte[] sealed = Arrays.copyOfRange(packet, offset, offset + length + tagLength());
      add(new Packet(Side.CLIENT, sequence, sealed, open));
    }

    @Override
    public void close() {
      real.close();
    }
  }

  private final class Opener implements PacketOpener {
    private final PacketOpener real;

    Opener(PacketOpener real) {
      this.real = real;
    }

    @Override
    public int alignment() {
      return real.alignment();
    }

    @Override
    public boolean lengthIsPadded() {
      return real.lengthIsPadded();
    }

    @Override
    public int tagLength() {
      return real.tagLength();
    }

    @Override
    public int headLength() {
      return real.headLength();
    }

    @Override
    public long packetLength(int sequence, byte[] in, int offset) {
      return real.packetLength(sequence, in, offset);
    }

    @Override
    public void open(int sequence, byte[] in, int inOffset, byte[] out, int outOffset, int length) {
      real.open(sequence, in, inOffset, out, outOffset, length);
      byte[] sealed = Arrays.copyOfRange(in, inOffset, inOffset + 4 + length + tagLength());
      byte[] open = Arrays.copyOfRange(out, outOffset, outOffset + 4 + length);
      add(new Packet(Side.SERVER, sequence, sealed, open));
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
