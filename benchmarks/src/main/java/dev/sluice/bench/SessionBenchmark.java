package dev.sluice.bench;

import dev.sluice.bench.suite.worker.Encounter;
import java.util.ArrayList;
import java.util.List;
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

/** What a session costs apart from its octets; client and server in one process. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 5)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SessionBenchmark {
  private static final int SESSIONS = 50;
  private static final int FILES = 100;

  @Param({
    "sluice/sluice-ftp",
    "commons-net/apache-ftp",
    "sluice/sluice-ftps",
    "commons-net/apache-ftps",
    "sluice/sluice-sftp",
    "mina/mina",
    "jsch/sluice-sftp",
    "sshj/sluice-sftp"
  })
  public String pair = "";

  @SuppressWarnings("NullAway.Init") // by start()
  private Encounter encounter;

  @SuppressWarnings("NullAway.Init") // by start()
  private Encounter.Session session;

  @Setup
  public void start() throws Exception {
    encounter = Encounter.start(pair, 1, FILES);
    session = encounter.open();
  }

  /** Connects, logs in, and leaves. */
  @Benchmark
  public void login() throws Exception {
    encounter.open().close();
  }

  /** Sessions that are open at the same time, each counted. */
  @Benchmark
  @OperationsPerInvocation(SESSIONS)
  public int sessions() throws Exception {
    List<Encounter.Session> open = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      open.add(encounter.open());
    }
    for (Encounter.Session one : open) {
      one.close();
    }
    return open.size();
  }

  /** Files of 4 KiB, each counted. */
  @Benchmark
  @OperationsPerInvocation(FILES)
  public void filesDown() throws Exception {
    session.manyDown();
  }

  /** Files of 4 KiB, each counted. */
  @Benchmark
  @OperationsPerInvocation(FILES)
  public void filesUp() throws Exception {
    session.manyUp();
  }

  @TearDown
  public void close() throws Exception {
    session.close();
    encounter.close();
  }
}
