package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ftp.peer.ClientPeer;
import dev.sluice.ftp.peer.Curl;
import dev.sluice.ftp.peer.FtpTarget;
import dev.sluice.ftp.peer.Ftplib;
import dev.sluice.ftp.peer.Lftp;
import dev.sluice.ftp.peer.Ncftp;
import dev.sluice.ftp.peer.Rclone;
import dev.sluice.ftp.peer.Tnftp;
import dev.sluice.test.Conforms;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The clients that people use move files to and from this server. */
final class RealClientsIT {
  @TempDir private Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  @Conforms({"FTP-075", "FTP-079", "FTP-088", "FTP-096", "FTP-097"})
  void filesOfAllKindsGoThereAndBack(
      String name, String host, Function<FtpTarget, ClientPeer> client) throws IOException {
    Peers.require(name.split(" ", 2)[0]);
    Path root = Files.createDirectory(directory.resolve("root"));
    try (TestServer server = new TestServer(root, s -> s.host(host))) {
      ClientPeer peer = client.apply(target(server, host));
      for (int size : new int[] {0, 1, 3_000_000}) {
        String file = "a b " + size + ".bin";
        Path source = Files.write(directory.resolve("source"), random(size));
        Path copy = directory.resolve("copy");
        Files.deleteIfExists(copy);
        peer.upload(source, "/" + file).requireSuccess();
        assertThat(root.resolve(file)).hasSameBinaryContentAs(source);
        peer.download("/" + file, copy).requireSuccess();
        assertThat(copy).hasSameBinaryContentAs(source);
        assertThat(peer.list("/").requireSuccess().stdout()).contains(file);
      }
    }
  }

  @Test
  void lftpMirrorsATreeUpAndDownInParallel() throws IOException {
    Peers.require("lftp");
    Path root = Files.createDirectory(directory.resolve("root"));
    try (TestServer server = new TestServer(root)) {
      Lftp lftp = new Lftp(target(server, "127.0.0.1"));
      Path tree = tree();
      lftp.mirrorUp(tree, "/copy", 4).requireSuccess();
      lftp.mirrorDown("/copy", directory.resolve("back"), 4).requireSuccess();
      assertSameTree(tree, directory.resolve("back"));
    }
  }

  @Test
  void rcloneSyncsATreeUpAndDown() throws IOException {
    Peers.require("rclone");
    Path root = Files.createDirectory(directory.resolve("root"));
    try (TestServer server = new TestServer(root)) {
      Rclone rclone = new Rclone(target(server, "127.0.0.1"));
      Path tree = tree();
      rclone.syncUp(tree, "/copy").requireSuccess();
      rclone.syncDown("/copy", directory.resolve("back")).requireSuccess();
      assertSameTree(tree, directory.resolve("back"));
    }
  }

  @Test
  @Conforms({"FTP-116", "FTP-117", "FTP-120"})
  void curlResumesBothWays() throws IOException {
    Peers.require("curl");
    Path root = Files.createDirectory(directory.resolve("root"));
    try (TestServer server = new TestServer(root)) {
      Curl curl = new Curl(target(server, "127.0.0.1"));
      byte[] content = random(2_000_000);
      Path whole = Files.write(directory.resolve("whole"), content);
      Path part = Files.write(directory.resolve("part"), java.util.Arrays.copyOf(content, 700_001));
      Files.write(root.resolve("up"), java.util.Arrays.copyOf(content, 700_001));
      Files.write(root.resolve("down"), content);
      curl.resumeDownload("/down", part).requireSuccess();
      assertThat(part).hasBinaryContent(content);
      curl.resumeUpload(whole, "/up").requireSuccess();
      assertThat(root.resolve("up")).hasBinaryContent(content);
    }
  }

  @Test
  @Timeout(300)
  void tenThousandSmallFilesGoUpInOneSession() throws Exception {
    Path root = Files.createDirectory(directory.resolve("root"));
    byte[] content = random(4096);
    try (TestServer server = new TestServer(root)) {
      FTPClient client = commonsNet(server);
      for (int i = 0; i < 10_000; i++) {
        assertThat(client.storeFile("f" + i, new java.io.ByteArrayInputStream(content)))
            .as("file %d: %s", i, client.getReplyString())
            .isTrue();
      }
      assertThat(client.listFiles()).hasSize(10_000);
      client.logout();
      client.disconnect();
    }
    assertThat(root.resolve("f9999")).hasBinaryContent(content);
  }

  @Test
  @Timeout(300)
  void sparseFileOfFourGibibytesAndOneOctetGoesBothWays() throws Exception {
    Path root = Files.createDirectory(directory.resolve("root"));
    long size = (4L << 30) + 1;
    try (RandomAccessFile file = new RandomAccessFile(root.resolve("big").toFile(), "rw")) {
      file.setLength(size);
      file.seek(size - 1);
      file.write('!');
    }
    try (TestServer server = new TestServer(root)) {
      FTPClient client = commonsNet(server);
      assertThat(client.mlistFile("big").getSize()).isEqualTo(size);
      try (InputStream in = client.retrieveFileStream("big")) {
        assertThat(countAndLast(in)).containsExactly(size, '!');
      }
      assertThat(client.completePendingCommand()).isTrue();
      client.setRestartOffset(4L << 30);
      try (InputStream in = client.retrieveFileStream("big")) {
        assertThat(in.readAllBytes()).containsExactly('!');
      }
      assertThat(client.completePendingCommand()).isTrue();
      try (FileChannel sparse = sparse(directory.resolve("tail"), size);
          InputStream in = java.nio.channels.Channels.newInputStream(sparse)) {
        assertThat(client.storeFile("up", in)).isTrue();
      }
      assertThat(client.getSize("up")).isEqualTo(Long.toString(size));
      client.disconnect();
    }
    assertThat(Files.size(root.resolve("up"))).isEqualTo(size);
    Files.delete(root.resolve("up"));
  }

  private static FileChannel sparse(Path path, long size) throws IOException {
    FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE);
    file.write(java.nio.ByteBuffer.wrap(new byte[] {'!'}), size - 1);
    return file.position(0);
  }

  private static long[] countAndLast(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 20];
    long count = 0;
    long last = -1;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      count += n;
      last = n > 0 ? buffer[n - 1] : last;
    }
    return new long[] {count, last};
  }

  private static FTPClient commonsNet(TestServer server) throws IOException {
    FTPClient client = new FTPClient();
    client.setBufferSize(1 << 20);
    client.connect(server.address().getAddress(), server.address().getPort());
    assertThat(client.login(TestServer.USER, TestServer.PASSWORD)).isTrue();
    client.enterLocalPassiveMode();
    assertThat(client.setFileType(FTP.BINARY_FILE_TYPE)).isTrue();
    return client;
  }

  private static FtpTarget target(TestServer server, String host) {
    return FtpTarget.of(host, server.address().getPort(), TestServer.USER, TestServer.PASSWORD)
        .within(Duration.ofSeconds(60));
  }

  private Path tree() throws IOException {
    Path tree = directory.resolve("tree");
    for (String sub : new String[] {"", "sub", "sub/a \"quoted\" one", "sub/größe ✓"}) {
      Files.createDirectories(tree.resolve(sub));
      Files.write(tree.resolve(sub).resolve("file"), random(sub.length() * 1000));
      Files.write(tree.resolve(sub).resolve("name with ' and ü"), random(10));
    }
    return tree;
  }

  private static void assertSameTree(Path expected, Path actual) throws IOException {
    try (Stream<Path> files = Files.walk(expected)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(actual.resolve(expected.relativize(file).toString()))
            .hasSameBinaryContentAs(file);
      }
    }
  }

  private static byte[] random(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  private static Stream<Arguments> clients() {
    return Stream.concat(
        everywhere("127.0.0.1"),
        everywhere("::1").filter(a -> !((String) a.get()[0]).startsWith("ncftp")));
  }

  private static Stream<Arguments> everywhere(String host) {
    return Stream.of(
        client("curl", host, Curl::new),
        client("curl active", host, target -> new Curl(target.actively())),
        client("lftp", host, Lftp::new),
        client("lftp active", host, target -> new Lftp(target.actively())),
        client("tnftp", host, Tnftp::new),
        client("tnftp active", host, target -> new Tnftp(target.actively())),
        client("ncftp", host, Ncftp::new),
        client("ncftp active", host, target -> new Ncftp(target.actively())),
        client("rclone", host, Rclone::new),
        client("ftplib", host, Ftplib::new),
        client("ftplib active", host, target -> new Ftplib(target.actively())));
  }

  private static Arguments client(
      String name, String host, Function<FtpTarget, ClientPeer> client) {
    return Arguments.of(name + (host.equals("::1") ? " IPv6" : ""), host, client);
  }
}
