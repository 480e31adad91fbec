package dev.sluice.bench;

import dev.sluice.bench.suite.worker.Encounter;
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

/** One file from disk to disk, in a session that is open, client and server in one process. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 5)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TransferBenchmark {
  @Param({
    "sluice/sluice-ftp",
    "commons-net/apache-ftp",
    "sluice/sluice-ftps",
    "commons-net/apache-ftps",
    "sluice/sluice-sftp",
    "mina/mina",
    "mina-tuned/mina-tuned",
    "jsch/sluice-sftp",
    "sshj/sluice-sftp"
  })
  public String pair = "";

  @Param({"4096", "1048576", "67108864"})
  public long octets;

  @SuppressWarnings("NullAway.Init") // by start()
  private Encounter encounter;

  @SuppressWarnings("NullAway.Init") // by start()
  private Encounter.Session session;

  @Setup
  public void start() throws Exception {
    encounter = Encounter.start(pair, octets, 0);
    session = encounter.open();
  }

  @Benchmark
  public void down() throws Exception {
    session.down();
  }

  @Benchmark
  public void up() throws Exception {
    session.up();
  }

  @TearDown
  public void close() throws Exception {
    session.close();
    encounter.close();
  }
}
