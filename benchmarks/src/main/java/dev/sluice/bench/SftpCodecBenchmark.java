package dev.sluice.bench;

import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The packets of SFTP that move a file: encoded, framed and decoded. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SftpCodecBenchmark {
  @Param({"32768", "261120"})
  private int octets;

  private SftpCodec codec = new SftpCodec(0);

  @Setup
  public void start() {
    codec.close();
    codec = new SftpCodec(octets);
  }

  @Benchmark
  public long read() {
    return codec.read();
  }

  @Benchmark
  public int write() {
    return codec.write();
  }

  @Benchmark
  public int data() {
    return codec.data();
  }

  @TearDown
  public void close() {
    codec.close();
  }
}
