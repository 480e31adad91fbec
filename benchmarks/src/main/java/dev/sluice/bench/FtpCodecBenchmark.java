package dev.sluice.bench;

import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.wire.Line;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Lines, replies and listings of FTP; listings count per entry. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FtpCodecBenchmark {
  private static final int ENTRIES = 1000;

  private final FtpCodec codec = new FtpCodec();

  @Benchmark
  public Line decodeLine() {
    return codec.line();
  }

  @Benchmark
  public FtpReply decodeReply() {
    return codec.reply();
  }

  @Benchmark
  public int encodeCommand() {
    return codec.command();
  }

  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public int parseMlsd() {
    return codec.mlsd(ENTRIES);
  }

  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public int parseUnixListing() {
    return codec.unix(ENTRIES);
  }
}
