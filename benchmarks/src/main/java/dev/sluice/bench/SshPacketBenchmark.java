package dev.sluice.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Messages of channel data, written into packets, sealed, read and opened; counted per packet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SshPacketBenchmark {
  private static final int PACKETS = 4;
  private static final int OCTETS = 32 * 1024;

  @Param({
    "aes128-gcm@openssh.com",
    "aes256-gcm@openssh.com",
    "chacha20-poly1305@openssh.com",
    "aes128-ctr hmac-sha2-256-etm@openssh.com"
  })
  private String algorithms = "aes128-gcm@openssh.com";

  private final ByteBuf data = PooledByteBufAllocator.DEFAULT.heapBuffer(OCTETS).writeZero(OCTETS);
  private SshPacketPipe pipe = new SshPacketPipe(algorithms);

  @Setup
  public void start() {
    pipe.close();
    pipe = new SshPacketPipe(algorithms);
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public int sealAndOpen() {
    return pipe.send(data, PACKETS);
  }

  @TearDown
  public void close() {
    pipe.close();
    data.release();
  }
}
