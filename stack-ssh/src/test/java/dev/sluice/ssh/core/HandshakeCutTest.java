package dev.sluice.ssh.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.SessionClosed;
import dev.sluice.ssh.auth.ClientMethod;
import dev.sluice.ssh.auth.LoginEvent;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/** The connection is lost after each octet of a handshake, or comes in single octets. */
final class HandshakeCutTest {

  @Test
  @Conforms({"SSH-205", "SSH-209"})
  void whereverTheClientIsCutTheServerSaysThatItIsGone() {
    int length = new Dialogue(-1, -1).run().toServer;
    assertThat(length).isGreaterThan(500);

    for (int cut = 0; cut < length; cut++) {
      Dialogue dialogue = new Dialogue(cut, -1).run();
      assertThat(dialogue.failure).as("cut after %d", cut).isInstanceOf(SessionClosed.class);
    }
  }

  @Test
  @Conforms({"SSH-205", "SSH-209"})
  void whereverTheServerIsCutTheClientSaysThatItIsGone() {
    int length = new Dialogue(-1, -1).run().toClient;

    for (int cut = 0; cut < length; cut++) {
      Dialogue dialogue = new Dialogue(-1, cut).run();
      assertThat(dialogue.failure).as("cut after %d", cut).isInstanceOf(SessionClosed.class);
    }
  }

  @Test
  @Conforms({"SSH-008", "SSH-028"})
  void aHandshakeInSingleOctetsSucceeds() {
    Dialogue dialogue = new Dialogue(-1, -1);
    dialogue.single = true;

    assertThat(dialogue.run().ready).isEqualTo(2);
  }

  /** Two cores that talk until both are ready or one is cut. */
  private static final class Dialogue {
    private final SshCore client = Cores.clientCore(new ClientMethod.WithPassword(Cores.PASSWORD));
    private final SshCore server = Cores.serverCore();
    private final int cutToServer;
    private final int cutToClient;
    private boolean single;
    private RuntimeException failure;
    private int toServer;
    private int toClient;
    private int ready;

    Dialogue(int cutToServer, int cutToClient) {
      this.cutToServer = cutToServer;
      this.cutToClient = cutToClient;
    }

    Dialogue run() {
      for (int round = 0; round < 100 && failure == null && ready < 2; round++) {
        client.tick(round);
        server.tick(round);
        events(client);
        events(server);
        toServer = deliver(client, server, toServer, cutToServer);
        toClient = deliver(server, client, toClient, cutToClient);
      }
      close(client);
      close(server);
      return this;
    }

    private int deliver(SshCore from, SshCore to, int before, int cut) {
      byte[] octets = output(from);
      int length = cut < 0 ? octets.length : Math.min(octets.length, cut - before);
      try {
        if (single) {
          for (int i = 0; i < length; i++) {
            to.receive(Unpooled.wrappedBuffer(octets, i, 1));
            events(to);
          }
        } else if (length > 0) {
          to.receive(Unpooled.wrappedBuffer(octets, 0, length));
          events(to);
        }
        if (cut >= 0 && before + length >= cut) {
          to.inputClosed();
        }
      } catch (RuntimeException e) {
        failure = e;
      }
      return before + length;
    }

    private void events(SshCore core) {
      for (SshEvent event = core.nextEvent(); event != null; event = core.nextEvent()) {
        if (event instanceof SshEvent.WorkDue due) {
          due.work().run();
          core.finished(due.work());
        } else if (event instanceof SshEvent.HostKeyShown) {
          core.trustHost();
        } else if (event instanceof SshEvent.Login login
            && login.what() instanceof LoginEvent.PasswordShown) {
          core.decide(true);
        } else if (event instanceof SshEvent.Ready) {
          ready++;
        }
      }
    }

    private static byte[] output(SshCore core) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (ByteBuf out = core.nextOutput(); out != null; out = core.nextOutput()) {
        all.writeBytes(ByteBufUtil.getBytes(out));
        out.release();
      }
      return all.toByteArray();
    }

    private static void close(SshCore core) {
      output(core);
      core.abandon();
      output(core);
    }
  }
}
