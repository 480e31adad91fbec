package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileClient;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.WriteMode;
import dev.sluice.transport.Transport;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** Somebody shuts down the event loops of a client while it is at work. */
final class ShutDownLoopsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @RegisterExtension static final TestServers servers = TestServers.create();

  /** What a connection goes through. */
  enum Step {
    CHANNEL_MADE,
    CONNECTING,
    CONNECTED;

    Transport change(Transport usual, Runnable action) {
      return switch (this) {
        case CHANNEL_MADE -> usual.doOnChannelInit((observer, channel, address) -> action.run());
        case CONNECTING -> usual.client(tcp -> tcp.doOnResolve(connection -> action.run()));
        case CONNECTED -> usual.doOnConnected(connection -> action.run());
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLoginEndsWithAnError(Step step) {
    for (String scheme : new String[] {"ftp", "ftpes", "sftp"}) {
      LoopResources loops = LoopResources.create("own", 1, true);
      FileClient client =
          client(
              scheme, usual -> step.change(usual.runOn(loops), () -> shutDown(loops).subscribe()));

      assertThatThrownBy(() -> client.connect().block(LIMIT))
          .as(scheme)
          .isInstanceOfAny(ConnectFailed.class, SessionClosed.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ftpes", "sftp"})
  void aClientWithoutLoopsCannotConnect(String scheme) {
    LoopResources loops = LoopResources.create("own", 1, true);
    FileClient client = client(scheme, usual -> usual.runOn(loops));
    client.connect().flatMap(FileSession::close).block(LIMIT);
    shutDown(loops).block(LIMIT);

    assertThatThrownBy(() -> client.connect().block(LIMIT)).isInstanceOf(ConnectFailed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ftpes", "sftp"})
  void aSessionWithoutLoopsIsClosed(String scheme) {
    LoopResources loops = LoopResources.create("own", 1, true);
    FileSession session = client(scheme, usual -> usual.runOn(loops)).connect().block(LIMIT);
    shutDown(loops).block(LIMIT);
    RemotePath path = RemotePath.of("/x");

    ends(session.stat(path));
    ends(session.list(path).then());
    ends(session.read(path, ByteRange.all()).then());
    ends(session.write(path, WriteMode.replace(), Flux.empty()));
  }

  private static void ends(Mono<?> work) {
    assertThatThrownBy(() -> work.block(LIMIT)).isInstanceOf(SessionClosed.class);
  }

  private static Mono<Void> shutDown(LoopResources loops) {
    return loops.disposeLater(Duration.ZERO, LIMIT);
  }

  private static FileClient client(String scheme, UnaryOperator<Transport> change) {
    return switch (scheme) {
      case "ftp" -> servers.ftp().client().transport(change);
      case "ftpes" -> servers.ftps().client().transport(change);
      default -> servers.sftp().client().transport(change);
    };
  }
}
