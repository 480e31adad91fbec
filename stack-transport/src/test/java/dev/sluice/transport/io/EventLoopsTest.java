package dev.sluice.transport.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.EventLoops;
import dev.sluice.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;

final class EventLoopsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  @Test
  void clientsAndServersShareALoopForEachProcessor() {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    DisposableServer server =
        Sockets.listener(Transport.DEFAULT, "localhost", EventLoops.shared(), tcp -> tcp)
            .port(0)
            .doOnConnection(accepted -> threads.add(Thread.currentThread().getName()))
            .bindNow(PATIENCE);
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < 3 * PROCESSORS; i++) {
      connections.add(
          EventLoops.client(EventLoops.shared())
              .host("localhost")
              .port(server.port())
              .doOnConnected(connected -> threads.add(Thread.currentThread().getName()))
              .connectNow(PATIENCE));
    }
    connections.forEach(connection -> connection.disposeNow(PATIENCE));
    server.disposeNow(PATIENCE);

    assertThat(threads).allMatch(name -> name.startsWith("sluice-loop"));
    assertThat(loops()).hasSizeLessThanOrEqualTo(PROCESSORS);
  }

  private static List<String> loops() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("sluice-loop"))
        .toList();
  }
}
