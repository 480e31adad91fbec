package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.client.RemoteClient;
import dev.sluice.docs.examples.ClientsExample;
import dev.sluice.testing.TestServers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of clients by URI, run. */
final class ClientsExamplesTest {
  @RegisterExtension static final TestServers servers = TestServers.create().user("ann", "secret");

  @Test
  void aClientByUriExchangesFilesAndIsPooled(@TempDir Path directory) throws IOException {
    RemoteClient client = ClientsExample.tuned(servers.ftp().uri(), "secret");

    assertThat(ClientsExample.exchange(client, directory.resolve("x")))
        .asString()
        .isEqualTo("hello");
    assertThat(directory.resolve("x")).hasContent("hello");

    assertThat(ClientsExample.copied(client, directory.resolve("x"))).containsExactly("/in/a.csv");

    FileOperations files = ClientsExample.pooled(client);
    assertThat(files.exists(RemotePath.of("/in.txt")).block(Duration.ofSeconds(30))).isTrue();
    files.close().block(Duration.ofSeconds(30));
  }

  @Test
  void aClientWithAKeyOpensNothingYet(@TempDir Path directory) {
    assertThat(
            ClientsExample.withKey(
                URI.create("sftp://ann@files.example/in"),
                directory.resolve("id"),
                new char[0],
                directory.resolve("known_hosts")))
        .hasToString("RemoteClient[sftp://ann@files.example/in]");
  }
}
