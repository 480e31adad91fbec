package dev.sluice.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.key.Curve;
import dev.sluice.ssh.key.EcdsaPrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.test.Conforms;
import dev.sluice.test.OwnThread;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The client against a server of Apache MINA SSHD. */
final class MinaServerIT {
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final int MEBIBYTES = 256;
  private static final SshKeyPair KEY =
      SshKeyPair.of(EcdsaPrivateKey.generate(Curve.NISTP256, new SecureRandom()));

  private static Scratch scratch;
  private static SshServer server;

  @BeforeAll
  static void start() throws Exception {
    scratch = Scratch.create("mina");
    java.security.PublicKey known =
        PublicKeyEntry.parsePublicKeyEntry(
                KEY.publicKey().type()
                    + " "
                    + Base64.getEncoder().encodeToString(KEY.publicKey().blob()))
            .resolvePublicKey(null, null, null);
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(scratch.file("host-key")));
    server.setPasswordAuthenticator((user, password, session) -> password.equals("open"));
    server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, known));
    server.setCommandFactory((channel, command) -> new Echoing());
    server.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.stop(true);
    scratch.close();
  }

  @Test
  @Conforms({"SSH-135", "SSH-180", "SSH-183", "SSH-195"})
  void muchDataComesBackBehindAPassword() {
    echoes(Credential.password("open"));
  }

  @Test
  @Conforms({"SSH-138", "SSH-180", "SSH-183", "SSH-195"})
  void muchDataComesBackBehindAKey() {
    echoes(Credential.key(KEY));
  }

  private static void echoes(Credential credential) {
    SshSession session =
        SshClient.create("127.0.0.1")
            .port(server.getPort())
            .user("ann")
            .credential(credential)
            .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone())
            .connect()
            .block(WAIT);
    SshChannel channel = session.exec("cat").block(WAIT);

    Echo.moves(MEBIBYTES, channel);

    assertThat(channel.exit().block(WAIT).isSuccess()).isTrue();
    session.close().block(WAIT);
  }

  /** A command that sends back what it gets. */
  private static final class Echoing implements Command {
    private InputStream in;
    private OutputStream out;
    private ExitCallback exit;

    @Override
    public void setInputStream(InputStream input) {
      in = input;
    }

    @Override
    public void setOutputStream(OutputStream output) {
      out = output;
    }

    @Override
    public void setErrorStream(OutputStream errors) {}

    @Override
    public void setExitCallback(ExitCallback callback) {
      exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
      CompletableFuture<Void> running =
          CompletableFuture.runAsync(this::copy, new OwnThread("echo"));
      assertThat(running).isNotNull();
    }

    private void copy() {
      try {
        in.transferTo(out);
        out.flush();
        exit.onExit(0);
      } catch (IOException e) {
        exit.onExit(1, e.getMessage());
      }
    }

    @Override
    public void destroy(ChannelSession channel) {}
  }
}
