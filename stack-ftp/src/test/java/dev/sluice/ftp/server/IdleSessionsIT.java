package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.door.SessionLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many sessions that do nothing cost little. */
final class IdleSessionsIT {
  private static final int SESSIONS = 1000;

  @TempDir private Path root;

  @Test
  void aThousandIdleSessionsNeedNoThreadsOfTheirOwn() throws Exception {
    try (TestServer server =
        new TestServer(root, s -> s.sessions(usual -> new SessionLimits(5000, 5000, 100)))) {
      List<FtpTalk> sessions = new ArrayList<>();
      sessions.add(server.login());
      long before = usedHeap();
      try {
        for (int i = 1; i < SESSIONS; i++) {
          sessions.add(server.login());
        }
        assertThat(server.running().sessions()).isEqualTo(SESSIONS);
        long perSession = (usedHeap() - before) / SESSIONS;
        System.out.printf(
            "%d idle sessions: %d B of heap each, both ends of the test included; %d threads%n",
            SESSIONS, perSession, sluiceThreads());
        assertThat(perSession).isLessThan(64 << 10);
        assertThat(sluiceThreads())
            .isLessThanOrEqualTo(2L * Math.max(2, Runtime.getRuntime().availableProcessors()));
        sessions.get(SESSIONS - 1).expect(257, "PWD");
      } finally {
        sessions.forEach(FtpTalk::close);
      }
    }
  }

  /** All that serve; other libraries of the tests have some of their own. */
  private static long sluiceThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("reactor-") || name.startsWith("sluice-"))
        .count();
  }

  private static long usedHeap() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(50);
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
