package dev.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

/** In a process of its own, since it ends the loops of all. */
final class EndedLoopsTest {

  @Test
  void noLoopIsLeftThatAnExitWouldWaitFor() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Program.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(said).isEqualTo("loops: true, afterwards: false");
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Connects, and ends the loops. */
  static final class Program {
    private static final Duration LONG = Duration.ofSeconds(20);

    private Program() {}

    public static void main(String[] none) throws InterruptedException {
      EventLoops.end().block(LONG); // nothing has begun
      DisposableServer server =
          TcpServer.create().host("127.0.0.1").port(0).runOn(EventLoops.shared()).bindNow(LONG);
      Connection connection =
          EventLoops.client(EventLoops.shared())
              .host("127.0.0.1")
              .port(server.port())
              .connectNow(LONG);
      boolean before = connection.channel().isActive() && loops();
      EventLoops.end().block(LONG);
      for (int look = 0; look < 100 && loops(); look++) {
        Thread.sleep(10); // a thread ends just after its loop
      }
      System.out.println("loops: " + before + ", afterwards: " + loops());
      System.exit(0);
    }

    private static boolean loops() {
      return Thread.getAllStackTraces().keySet().stream()
          .anyMatch(thread -> thread.getName().startsWith("sluice-loop"));
    }
  }
}
