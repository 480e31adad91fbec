package dev.sluice.bench;

import dev.sluice.ssh.algorithm.CipherAlgorithm;
import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.algorithm.DirectionKeys;
import dev.sluice.ssh.algorithm.MacAlgorithm;
import dev.sluice.ssh.algorithm.Macs;
import dev.sluice.ssh.algorithm.PacketOpener;
import dev.sluice.ssh.algorithm.PacketSealer;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Seals a packet and opens it again, one thread. Payload of {@code size} bytes; run with {@code
 * -prof gc} to see the bytes allocated.
 */
@SuppressWarnings("NullAway.Init") // JMH sets the fields
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SshCipherBenchmark {

  @Param({
    "aes128-gcm@openssh.com",
    "aes256-gcm@openssh.com",
    "chacha20-poly1305@openssh.com",
    "aes128-ctr hmac-sha2-256-etm@openssh.com",
    "aes256-ctr hmac-sha2-512-etm@openssh.com",
    "aes128-ctr hmac-sha2-256",
    "aes256-ctr hmac-sha2-512"
  })
  public String algorithms;

  @Param({"1024", "32768"})
  public int size;

  private PacketSealer sealer;
  private PacketOpener opener;
  private byte[] packet;
  private byte[] out;
  private int packetLength;
  private int sequence;

  @Setup
  public void start() {
    String[] names = algorithms.split(" ", 2);
    CipherAlgorithm cipher =
        Ciphers.DEFAULT.stream().filter(it -> it.name().equals(names[0])).findFirst().orElseThrow();
    MacAlgorithm mac =
        names.length == 1
            ? Macs.NONE
            : Macs.DEFAULT.stream()
                .filter(it -> it.name().equals(names[1]))
                .findFirst()
                .orElseThrow();
    sealer = cipher.sealer(mac, keys(cipher, mac));
    opener = cipher.opener(mac, keys(cipher, mac));
    int head = sealer.lengthIsPadded() ? 4 : 0;
    packetLength = 1 + size + 4;
    while ((packetLength + head) % sealer.alignment() != 0) {
      packetLength++;
    }
    packet = new byte[4 + packetLength + sealer.tagLength()];
    out = new byte[4 + packetLength];
  }

  @Benchmark
  public byte[] sealAndOpen() {
    packet[0] = (byte) (packetLength >> 24);
    packet[1] = (byte) (packetLength >> 16);
    packet[2] = (byte) (packetLength >> 8);
    packet[3] = (byte) packetLength;
    sealer.seal(sequence, packet, 0, 4 + packetLength);
    long length = opener.packetLength(sequence, packet, 0);
    opener.open(sequence, packet, 0, out, 0, (int) length);
    sequence++;
    return out;
  }

  private static DirectionKeys keys(CipherAlgorithm cipher, MacAlgorithm mac) {
    byte[][] keys =
        Stream.of(cipher.ivLength(), cipher.keyLength(), mac.keyLength())
            .map(byte[]::new)
            .toArray(byte[][]::new);
    keys[1][keys[1].length - 1] = 1;
    return new DirectionKeys(keys[0], keys[1], keys[2]);
  }
}
