package dev.sluice.bench;

import com.hierynomus.sshj.transport.cipher.ChachaPolyCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import com.jcraft.jsch.jce.AES128GCM;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
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
 * What {@link SshCipherBenchmark} does, done by the ciphers of Apache MINA SSHD, sshj and JSch in
 * the way their sessions call them.
 */
@SuppressWarnings("NullAway.Init") // JMH sets the fields
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PeerCipherBenchmark {
  private static final int TAG = 16;
  private static final int LENGTH_BYTES = 4;

  @Param({
    "mina aes128-gcm",
    "sshj aes128-gcm",
    "jsch aes128-gcm",
    "mina chacha20",
    "sshj chacha20"
  })
  public String peer;

  @Param({"1024", "32768"})
  public int size;

  private RoundTrip roundTrip;
  private byte[] packet;

  /** Encrypts a packet and decrypts it again, in place. */
  private interface RoundTrip {
    void run(byte[] packet, int packetLength) throws Exception;
  }

  @Setup
  public void start() throws Exception {
    packet = new byte[LENGTH_BYTES + size + 16 + TAG];
    roundTrip =
        switch (peer) {
          case "mina aes128-gcm" -> mina(BuiltinCiphers.aes128gcm, 16);
          case "mina chacha20" -> mina(BuiltinCiphers.cc20p1305_openssh, 64);
          case "sshj aes128-gcm" ->
              sshj(GcmCiphers.AES128GCM().create(), GcmCiphers.AES128GCM().create(), 16);
          case "sshj chacha20" ->
              sshj(
                  ChachaPolyCiphers.CHACHA_POLY_OPENSSH().create(),
                  ChachaPolyCiphers.CHACHA_POLY_OPENSSH().create(),
                  64);
          default -> jsch();
        };
  }

  @Benchmark
  public byte[] sealAndOpen() throws Exception {
    int packetLength = packet.length - LENGTH_BYTES - TAG;
    packet[0] = (byte) (packetLength >> 24);
    packet[1] = (byte) (packetLength >> 16);
    packet[2] = (byte) (packetLength >> 8);
    packet[3] = (byte) packetLength;
    roundTrip.run(packet, packetLength);
    return packet;
  }

  private static RoundTrip mina(BuiltinCiphers algorithm, int keyBytes) throws Exception {
    Cipher encrypt = algorithm.create();
    Cipher decrypt = algorithm.create();
    encrypt.init(Cipher.Mode.Encrypt, new byte[keyBytes], new byte[algorithm.getIVSize()]);
    decrypt.init(Cipher.Mode.Decrypt, new byte[keyBytes], new byte[algorithm.getIVSize()]);
    return (packet, length) -> {
      encrypt.updateWithAAD(packet, 0, LENGTH_BYTES, length);
      decrypt.updateWithAAD(packet, 0, LENGTH_BYTES, length);
    };
  }

  private static RoundTrip sshj(
      net.schmizz.sshj.transport.cipher.Cipher encrypt,
      net.schmizz.sshj.transport.cipher.Cipher decrypt,
      int keyBytes) {
    encrypt.init(
        net.schmizz.sshj.transport.cipher.Cipher.Mode.Encrypt, new byte[keyBytes], new byte[12]);
    decrypt.init(
        net.schmizz.sshj.transport.cipher.Cipher.Mode.Decrypt, new byte[keyBytes], new byte[12]);
    long[] sequence = {0};
    return (packet, length) -> {
      encrypt.setSequenceNumber(sequence[0]);
      encrypt.updateWithAAD(packet, 0, LENGTH_BYTES, length);
      decrypt.setSequenceNumber(sequence[0]++);
      decrypt.updateWithAAD(packet, 0, LENGTH_BYTES, length);
    };
  }

  private static RoundTrip jsch() throws Exception {
    AES128GCM encrypt = new AES128GCM();
    AES128GCM decrypt = new AES128GCM();
    encrypt.init(com.jcraft.jsch.Cipher.ENCRYPT_MODE, new byte[16], new byte[12]);
    decrypt.init(com.jcraft.jsch.Cipher.DECRYPT_MODE, new byte[16], new byte[12]);
    return (packet, length) -> {
      encrypt.updateAAD(packet, 0, LENGTH_BYTES);
      encrypt.doFinal(packet, LENGTH_BYTES, length, packet, LENGTH_BYTES);
      decrypt.updateAAD(packet, 0, LENGTH_BYTES);
      decrypt.doFinal(packet, LENGTH_BYTES, length + TAG, packet, LENGTH_BYTES);
    };
  }
}
