package dev.sluice.bench;

import dev.sluice.tls.AesGcmProvider;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
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

/** A full TLS record opened by AES-GCM, in place as JSSE does it and into another array. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AesGcmBenchmark {
  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final int OCTETS = 16 * 1024;
  private static final int TAG_OCTETS = 16;

  @Param({"SunJCE", "SluiceAesGcm"})
  public String provider = "SunJCE";

  private final SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");
  private final byte[] sealed = new byte[OCTETS + TAG_OCTETS];
  private final byte[] record = new byte[OCTETS + TAG_OCTETS];
  private final byte[] plaintext = new byte[OCTETS];
  private final GCMParameterSpec parameters = new GCMParameterSpec(8 * TAG_OCTETS, new byte[12]);

  @SuppressWarnings("NullAway.Init") // by start()
  private Cipher cipher;

  @Setup
  public void start() throws GeneralSecurityException {
    AesGcmProvider.install();
    Cipher sealer = Cipher.getInstance(TRANSFORMATION, "SunJCE");
    sealer.init(Cipher.ENCRYPT_MODE, key, parameters);
    sealer.doFinal(plaintext, 0, OCTETS, sealed, 0);
    cipher = Cipher.getInstance(TRANSFORMATION, provider);
  }

  /** Includes the copy of the record into this array, and an initialization for each record. */
  @Benchmark
  public int inPlace() throws GeneralSecurityException {
    System.arraycopy(sealed, 0, record, 0, record.length);
    cipher.init(Cipher.DECRYPT_MODE, key, parameters);
    ByteBuffer buffer = ByteBuffer.wrap(record);
    return cipher.doFinal(buffer.duplicate(), buffer);
  }

  /** The same into another array. */
  @Benchmark
  public int elsewhere() throws GeneralSecurityException {
    System.arraycopy(sealed, 0, record, 0, record.length);
    cipher.init(Cipher.DECRYPT_MODE, key, parameters);
    return cipher.doFinal(record, 0, record.length, plaintext, 0);
  }
}
