package dev.sluice.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.client.Clients;
import dev.sluice.client.RemoteClient;
import dev.sluice.client.blocking.BlockingOptions;
import dev.sluice.client.blocking.BlockingSession;
import dev.sluice.client.nio.ServerFileSystems;
import dev.sluice.client.pool.PoolOptions;
import dev.sluice.ftp.peer.PeerOptions;
import dev.sluice.ftp.peer.ServerPeer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client by URI, for threads that wait and as a file system, with servers that others wrote. */
final class ClientByUriIT {
  static List<String> names() {
    return RealServers.NAMES;
  }

  @ParameterizedTest
  @MethodSource("names")
  void verbsAndPathsOfTheJdkWork(String name) throws IOException {
    try (ServerPeer server = RealServers.start(name, PeerOptions.DEFAULT)) {
      RemoteClient client =
          Clients.of(
              URI.create("ftp://" + server.user() + "@" + server.host() + ":" + server.port()),
              c -> c.password(server.password()));
      byte[] content = "hello".getBytes(StandardCharsets.UTF_8);
      try (BlockingSession session = client.blocking().connect()) {
        session.createDirectories(RemotePath.of("/in/deep"));
        session.write(RemotePath.of("/in/deep/x"), WriteMode.replace(), content);
        assertThat(session.readAllBytes(RemotePath.of("/in/deep/x"), 100)).isEqualTo(content);
        assertThatThrownBy(() -> session.stat(RemotePath.of("/in/none")))
            .isInstanceOf(NoSuchFileException.class);
      }
      try (FileSystem files =
          ServerFileSystems.of(client, PoolOptions.most(3), BlockingOptions.DEFAULT)) {
        Path in = files.getPath("/in");
        assertThatThrownBy(() -> Files.createDirectory(in))
            .isInstanceOf(FileAlreadyExistsException.class);
        Files.copy(in.resolve("deep/x"), in.resolve("y"));
        try (Stream<Path> all = Files.walk(in)) {
          assertThat(all.map(path -> in.relativize(path).toString()))
              .containsExactlyInAnyOrder("", "deep", "deep/x", "y");
        }
        assertThat(Files.readString(in.resolve("y"))).isEqualTo("hello");
        Files.delete(in.resolve("y"));
        assertThat(Files.exists(in.resolve("y"))).isFalse();
      }
    }
  }
}
