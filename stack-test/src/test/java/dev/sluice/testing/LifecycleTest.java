package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.sluice.api.FileError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** What is left when the tests have ended: nothing. */
final class LifecycleTest {
  private static final List<Integer> PORTS = new CopyOnWriteArrayList<>();

  @Test
  void theServersOfAClassLastForItsTestsAndTheFaultsForOne() {
    PORTS.clear();

    run(Shared.class, 3);

    assertThat(PORTS).hasSize(7);
    assertThat(PORTS.stream().distinct()).hasSize(3);
    assertNothingIsLeft();
  }

  @Test
  void theServersOfATestEndWithIt() {
    PORTS.clear();

    run(Own.class, 1);

    assertNothingIsLeft();
  }

  @Test
  void serversThatWereNotAskedForAreNotStarted() {
    try (TestServers unused = TestServers.create()) {
      unused.files().write("/x", "1");

      assertThat(threads()).isEmpty();
    }
  }

  private static void run(Class<?> sample, long tests) {
    SummaryGeneratingListener seen = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(sample)).build(), seen);

    assertThat(seen.getSummary().getFailures()).isEmpty();
    assertThat(seen.getSummary().getTestsSucceededCount()).isEqualTo(tests);
  }

  private static void assertNothingIsLeft() {
    assertThat(threads()).isEmpty();
    assertThat(PORTS)
        .allSatisfy(
            port -> assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class));
  }

  private static void connect(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      assertThat(socket.isConnected()).isTrue();
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("sluice-testing"))
        .toList();
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static final class Shared {
    @RegisterExtension static final TestServers servers = TestServers.create();

    @Test
    @Order(1)
    void aTestWithFaults() {
      PORTS.addAll(List.of(servers.ftp().port(), servers.ftps().port(), servers.sftp().port()));
      servers.files().write("/x", "1");
      servers.refuse("/");
      servers.latency(Duration.ofHours(1));
      servers.cutAfter(0);
      servers.diskFullAfter(0);
      servers.octetsPerSecond(1);
      servers.fail(StorageVerb.OPEN, 1, FileError.IO_ERROR);
    }

    @Test
    @Order(2)
    void aTestWithout() {
      PORTS.addAll(List.of(servers.ftp().port(), servers.ftps().port(), servers.sftp().port()));
      Sessions.write(servers.sftp().client(), "/y", 100_000);
      Sessions.write(servers.ftps().client(), "/z", 100_000);

      assertThat(Sessions.read(servers.ftp().client(), "/y")).isEqualTo(100_000);
      assertThat(servers.files().list("/")).containsExactly("y", "z");
    }

    @Nested
    final class Inside {
      @Test
      void theServersAreTheSame() {
        PORTS.add(servers.ftp().port());
      }
    }
  }

  static final class Own {
    @RegisterExtension final TestServers servers = TestServers.create();

    @Test
    void aTest() {
      PORTS.add(servers.sftp().port());
      Sessions.write(servers.sftp().client(), "/x", 10);
    }
  }
}
