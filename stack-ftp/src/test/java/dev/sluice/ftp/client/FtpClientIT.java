package dev.sluice.ftp.client;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static dev.sluice.ftp.client.RealServers.buffers;
import static dev.sluice.ftp.client.RealServers.collect;
import static dev.sluice.ftp.client.RealServers.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.peer.PeerOptions;
import dev.sluice.ftp.peer.ServerPeer;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Moves files with every real server, over IPv4 and IPv6, passive and active. */
@DisplayName("The client and real servers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FtpClientIT {
  private static final RemotePath FILE = RemotePath.of("/file.bin");

  private final java.util.Map<String, ServerPeer> servers = new java.util.HashMap<>();

  @AfterAll
  void stopServers() {
    servers.values().forEach(ServerPeer::close);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  @Conforms({"FTP-073", "FTP-074", "FTP-078", "FTP-087", "FTP-090", "FTP-091", "FTP-094"})
  void filesOfEverySizeGoThereAndComeBack(String name, boolean ipv6, boolean active)
      throws IOException {
    ServerPeer server = server(name, ipv6);
    try (Use use = new Use(server, active)) {
      for (int size : new int[] {0, 1, 1000, 5_000_000}) {
        byte[] content = octets(size);
        use.session.write(FILE, WriteMode.replace(), buffers(content, 16384)).block(PATIENCE);
        assertThat(server.root().resolve("file.bin")).hasBinaryContent(content);
        assertThat(collect(use.session.read(FILE, ByteRange.all()))).isEqualTo(content);
        assertThat(names(server)).containsExactly("file.bin");
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  @Conforms({"FTP-121", "FTP-123"})
  void downloadsAndUploadsResume(String name) throws IOException {
    ServerPeer server = server(name, false);
    byte[] content = octets(300_000);
    try (Use use = new Use(server, false)) {
      use.session.write(FILE, WriteMode.replace(), buffers(content, 4096)).block(PATIENCE);
      assertThat(collect(use.session.read(FILE, ByteRange.from(123_456))))
          .isEqualTo(java.util.Arrays.copyOfRange(content, 123_456, 300_000));
      assertThat(collect(use.session.read(FILE, ByteRange.of(1000, 10))))
          .isEqualTo(java.util.Arrays.copyOfRange(content, 1000, 1010));
      assertThat(collect(use.session.read(FILE, ByteRange.from(300_000)))).isEmpty();

      byte[] tail = octets(5000);
      use.session.write(FILE, WriteMode.at(300_000), buffers(tail, 999)).block(PATIENCE);
      use.session.write(FILE, WriteMode.append(), buffers(tail, 999)).block(PATIENCE);
      assertThat(Files.size(server.root().resolve("file.bin"))).isEqualTo(310_000);
      assertThat(collect(use.session.read(FILE, ByteRange.from(305_000)))).isEqualTo(tail);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  @Conforms({"FTP-104", "FTP-141", "FTP-142"})
  void directoriesAreMadeListedRenamedAndRemoved(String name) {
    ServerPeer server = server(name, false);
    try (Use use = new Use(server, false)) {
      FtpSession session = use.session;
      RemotePath directory = RemotePath.of("/a directory");
      session.createDirectory(directory).block(PATIENCE);
      assertThat(session.list(directory).collectList().block(PATIENCE)).isEmpty();
      session
          .write(directory.child("x y"), WriteMode.createNew(), buffers(octets(77), 10))
          .block(PATIENCE);
      List<FileEntry> entries = session.list(directory).collectList().block(PATIENCE);
      assertThat(entries).hasSize(1);
      assertThat(entries.get(0).path()).isEqualTo(directory.child("x y"));
      assertThat(entries.get(0).size()).isEqualTo(77);
      assertThat(session.stat(directory).block(PATIENCE).attributes().isDirectory()).isTrue();
      assertThat(session.stat(directory.child("x y")).block(PATIENCE).size()).isEqualTo(77);

      session.rename(directory.child("x y"), RemotePath.of("/moved")).block(PATIENCE);
      session.deleteFile(RemotePath.of("/moved")).block(PATIENCE);
      session.deleteDirectory(directory).block(PATIENCE);
      assertThat(session.list(RemotePath.root()).map(FileEntry::name).collectList().block(PATIENCE))
          .doesNotContain("a directory", "moved");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  @Conforms({"FTP-004", "FTP-132", "FTP-178"})
  void oddNamesAreKept(String name) throws IOException {
    ServerPeer server = server(name, false);
    List<String> odd =
        List.of("a b", "Grüße 日本", "quote\"s", "semi;colon=x", "-dash", "#hash", "%41", "(paren)");
    try (Use use = new Use(server, false)) {
      RemotePath directory = RemotePath.of("/odd");
      use.session.createDirectory(directory).block(PATIENCE);
      for (String each : odd) {
        RemotePath path = directory.child(each);
        use.session.write(path, WriteMode.replace(), buffers(octets(10), 10)).block(PATIENCE);
        assertThat(Files.size(server.root().resolve("odd").resolve(each))).isEqualTo(10);
        assertThat(collect(use.session.read(path, ByteRange.all()))).hasSize(10);
      }
      List<String> listed =
          use.session.list(directory).map(FileEntry::name).collectList().block(PATIENCE);
      assertThat(listed).containsExactlyInAnyOrderElementsOf(odd);
      for (String each : odd) {
        use.session.deleteFile(directory.child(each)).block(PATIENCE);
      }
      use.session.deleteDirectory(directory).block(PATIENCE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  @Conforms("FTP-093")
  void whatIsMissingIsNotFoundAndTheSessionGoesOn(String name) {
    try (Use use = new Use(server(name, false), false)) {
      FtpSession session = use.session;
      RemotePath missing = RemotePath.of("/missing");
      List.of(
              session.stat(missing),
              session.read(missing, ByteRange.all()),
              session.list(missing),
              session.deleteFile(missing),
              session.rename(missing, RemotePath.of("/other")))
          .forEach(
              verb ->
                  assertThatThrownBy(() -> Flux.from(verb).blockLast(PATIENCE))
                      .isInstanceOfSatisfying(
                          FileFailure.class,
                          failure -> assertThat(failure.error()).isEqualTo(FileError.NOT_FOUND)));
      session.keepAlive().block(PATIENCE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  @Conforms({"FTP-034", "FTP-036"})
  void aWrongPasswordIsRefusedAndNotShown(String name) {
    ServerPeer server = server(name, false);
    assertThatThrownBy(
            () ->
                RealServers.client(server)
                    .credentials(server.user(), "not-the-password")
                    .connect()
                    .block(PATIENCE))
        .isInstanceOf(AuthenticationFailed.class)
        .hasMessageContaining("530")
        .hasMessageNotContaining("not-the-password");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  @Conforms("FTP-074")
  void aHundredFilesInARowAndAllAtOnce(String name) throws IOException {
    ServerPeer server = server(name, false);
    try (Use use = new Use(server, false)) {
      RemotePath directory = RemotePath.of("/many");
      use.session.createDirectory(directory).block(PATIENCE);
      Flux.range(0, 100)
          .flatMap(
              i ->
                  use.session.write(
                      directory.child("f" + i), WriteMode.replace(), buffers(octets(i), 64)),
              100)
          .blockLast(PATIENCE);
      List<Integer> sizes =
          Flux.range(0, 100)
              .flatMapSequential(
                  i ->
                      use.session
                          .read(directory.child("f" + i), ByteRange.all())
                          .map(
                              buffer -> {
                                int size = buffer.readableBytes();
                                buffer.release();
                                return size;
                              })
                          .reduce(0, Integer::sum),
                  100)
              .collectList()
              .block(PATIENCE);
      assertThat(sizes).isEqualTo(IntStream.range(0, 100).boxed().toList());
      use.session
          .list(directory)
          .collectList()
          .flatMapMany(Flux::fromIterable)
          .concatMap(entry -> use.session.deleteFile(entry.path()))
          .then(use.session.deleteDirectory(directory))
          .block(PATIENCE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  @Conforms({"FTP-034", "FTP-052"})
  void rawCommandsAndTheCurrentDirectory(String name) {
    try (Use use = new Use(server(name, false), false)) {
      assertThat(use.session.currentDirectory().block(PATIENCE)).isEqualTo("/");
      assertThat(use.session.command("SYST").block(PATIENCE).code()).isEqualTo(215);
      assertThat(use.session.command("XYZZY 1").block(PATIENCE).isNegative()).isTrue();
      assertThatThrownBy(() -> use.session.command("NOOP\r\nDELE /x").block(PATIENCE))
          .isInstanceOf(FileFailure.class);
      use.session.keepAlive().block(PATIENCE);
    }
  }

  private ServerPeer server(String name, boolean ipv6) {
    return servers.computeIfAbsent(
        name + ipv6,
        key -> RealServers.start(name, ipv6 ? PeerOptions.DEFAULT.onIpv6() : PeerOptions.DEFAULT));
  }

  private static List<String> names(ServerPeer server) throws IOException {
    try (Stream<java.nio.file.Path> files = Files.list(server.root())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  static Stream<String> servers() {
    return RealServers.NAMES.stream();
  }

  static Stream<Arguments> ways() {
    return servers()
        .flatMap(
            name ->
                Stream.of(
                    Arguments.of(name, false, false),
                    Arguments.of(name, false, true),
                    Arguments.of(name, true, false),
                    Arguments.of(name, true, true)));
  }

  /** A session for one test; what it left behind is swept away. */
  private static final class Use implements AutoCloseable {
    final FtpSession session;

    Use(ServerPeer server, boolean active) {
      session = active ? RealServers.activeSession(server) : RealServers.session(server);
    }

    @Override
    public void close() {
      session.deleteFile(FILE).onErrorComplete().block(PATIENCE);
      session.close().block(PATIENCE);
    }
  }
}
