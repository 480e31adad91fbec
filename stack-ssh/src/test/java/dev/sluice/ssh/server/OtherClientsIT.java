package dev.sluice.ssh.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.test.peer.Peers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server with clients other than OpenSSH's. */
final class OtherClientsIT {
  private static Scratch scratch;
  private static TestServer server;

  @BeforeAll
  static void start() {
    scratch = Scratch.create("clients");
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
    scratch.close();
  }

  @Test
  void dbclientRunsACommand() {
    Peers.require("dbclient");

    Run run =
        Run.of(
            List.of(
                "env",
                "DROPBEAR_PASSWORD=" + TestServer.PASSWORD,
                "dbclient",
                "-y",
                "-p",
                port(),
                TestServer.USER + "@127.0.0.1",
                "echo",
                "hello"),
            scratch.base());

    assertThat(run.requireSuccess().stdout()).isEqualTo("hello\n");
  }

  @Test
  void plinkRunsACommand() {
    Peers.require("plink");

    Run run =
        Run.of(
            List.of(
                "plink",
                "-batch",
                "-P",
                port(),
                "-pw",
                TestServer.PASSWORD,
                "-hostkey",
                server.fingerprint(),
                TestServer.USER + "@127.0.0.1",
                "echo hello"),
            scratch.base());

    assertThat(run.requireSuccess().stdout()).isEqualTo("hello\n");
  }

  @Test
  void paramikoRunsACommandAndMovesData() {
    Peers.require("paramiko");

    assertThat(script("paramiko_client.py").requireSuccess().stdout()).contains("well done");
  }

  @Test
  void asyncsshRunsACommandAndMovesData() {
    Peers.require("asyncssh");

    assertThat(script("asyncssh_client.py").requireSuccess().stdout()).contains("well done");
  }

  private static Run script(String name) {
    return Run.of(
        List.of(
            "/usr/bin/python3",
            scratch.resource(name).toString(),
            "127.0.0.1",
            port(),
            TestServer.USER,
            TestServer.PASSWORD),
        scratch.base());
  }

  private static String port() {
    return Integer.toString(server.port());
  }
}
