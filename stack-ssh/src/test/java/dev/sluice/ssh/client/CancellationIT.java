package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.server.TestServer;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** Subscribers that go away. */
final class CancellationIT {
  private static final Duration WAIT = Duration.ofSeconds(30);

  @Test
  @Conforms({"SSH-207", "SSH-209"})
  void whoStopsReadingEndsOneChannelAndNoOther() {
    try (TestServer server = TestServer.start()) {
      SshSession session = connect(server);
      SshChannel endless = session.exec("zeros 1000000000000").block(WAIT);
      SshChannel other = session.exec("cat").block(WAIT);

      endless.input().take(3).doOnNext(ByteBuf::release).blockLast(WAIT);

      assertThat(endless.onClosed().blockOptional(WAIT)).isEmpty();
      Echo.moves(1, other);
      session.close().block(WAIT);
    }
  }

  @Test
  @Conforms("SSH-207")
  void whoNoLongerWantsAChannelOrASessionHasNone() {
    try (TestServer server = TestServer.start()) {
      SshSession session = connect(server);
      for (int round = 0; round < 20; round++) { // ten may be open at a time
        for (int i = 0; i < 5; i++) {
          Disposable opening = session.exec("cat").subscribe();
          opening.dispose();
        }
        SshChannel wanted = session.exec("echo done").block(WAIT);
        wanted.input().doOnNext(ByteBuf::release).blockLast(WAIT);
        assertThat(wanted.onClosed().blockOptional(WAIT)).isEmpty();
      }
      session.close().block(WAIT);
      assertThat(session.onClosed().blockOptional(WAIT)).isEmpty();
    }
  }

  @Test
  void whatNobodyReadsIsGivenBackWhenTheSessionEnds() {
    try (TestServer server = TestServer.start()) {
      SshSession session = connect(server);
      SshChannel ignored = session.exec("echo done").block(WAIT);
      assertThat(ignored.onClosed().blockOptional(WAIT)).isEmpty();

      session.close().block(WAIT); // the check for leaks finds what is kept

      assertThat(ignored.input().blockFirst(WAIT)).isNull();
    }
  }

  private static SshSession connect(TestServer server) {
    return SshClient.create("127.0.0.1")
        .port(server.port())
        .user(TestServer.USER)
        .credential(Credential.password(TestServer.PASSWORD))
        .hostKeys(HostKeyPolicy.pinned(server.fingerprint()))
        .connect()
        .block(WAIT);
  }
}
