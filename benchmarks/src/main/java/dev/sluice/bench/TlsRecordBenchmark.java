package dev.sluice.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.ThreadLocalRandom;
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

/** One write sealed by one end and opened by the other, without a socket. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TlsRecordBenchmark {
  @Param({"SLUICE", "NETTY"})
  private TlsContender contender = TlsContender.SLUICE;

  @Param({"1024", "16384", "65536", "1048576"})
  private int octets;

  @Param({"true", "false"})
  private boolean direct;

  private TlsPipe pipe = new TlsPipe(TlsContender.SLUICE);
  private ByteBuf content = PooledByteBufAllocator.DEFAULT.buffer(0);

  @Setup
  public void connect() {
    pipe.close();
    content.release();
    pipe = new TlsPipe(contender);
    byte[] random = new byte[octets];
    ThreadLocalRandom.current().nextBytes(random);
    PooledByteBufAllocator pool = PooledByteBufAllocator.DEFAULT;
    content = (direct ? pool.directBuffer(octets) : pool.heapBuffer(octets)).writeBytes(random);
  }

  @Benchmark
  public int sealAndOpen() {
    return pipe.send(content.retainedDuplicate());
  }

  @TearDown
  public void close() {
    content.release();
    pipe.close();
  }
}
