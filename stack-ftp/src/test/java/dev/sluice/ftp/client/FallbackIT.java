package dev.sluice.ftp.client;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static dev.sluice.ftp.client.RealServers.buffers;
import static dev.sluice.ftp.client.RealServers.collect;
import static dev.sluice.ftp.client.RealServers.octets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.TransferMode;
import dev.sluice.ftp.TransferType;
import dev.sluice.ftp.peer.PeerOptions;
import dev.sluice.ftp.peer.ServerPeer;
import dev.sluice.test.Conforms;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that lack a command, and formats other than plain octets. */
@DisplayName("What the client does instead")
final class FallbackIT {
  private static final RemotePath FILE = RemotePath.of("/file.txt");

  @Test
  @Conforms({"FTP-073", "FTP-077"})
  void passiveModeFallsBackToPasvOnceAndForAll() {
    List<String> trace = Collections.synchronizedList(new ArrayList<>());
    try (ServerPeer server = RealServers.start("pyftpdlib", PeerOptions.DEFAULT.lacking("EPSV"))) {
      FtpSession session = RealServers.connect(RealServers.client(server).trace(trace::add));
      byte[] content = octets(1000);
      session.write(FILE, WriteMode.replace(), buffers(content, 100)).block(PATIENCE);
      assertThat(collect(session.read(FILE, ByteRange.all()))).isEqualTo(content);
      session.close().block(PATIENCE);
      assertThat(trace.stream().filter("> EPSV"::equals)).hasSize(1);
      assertThat(trace.stream().filter("> PASV"::equals)).hasSize(2);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withoutMlst")
  @Conforms({"FTP-141", "FTP-157"})
  void statAndListWorkWithoutMlst(String name) {
    try (ServerPeer server = RealServers.start(name, PeerOptions.DEFAULT.lacking("MLST", "MLSD"))) {
      FtpSession session = RealServers.session(server);
      session.write(FILE, WriteMode.replace(), buffers(octets(77), 10)).block(PATIENCE);
      session.createDirectory(RemotePath.of("/d")).block(PATIENCE);
      assertThat(session.stat(FILE).block(PATIENCE).size()).isEqualTo(77);
      assertThat(session.stat(RemotePath.of("/d")).block(PATIENCE).attributes().isDirectory())
          .isTrue();
      List<FileEntry> entries = session.list(RemotePath.root()).collectList().block(PATIENCE);
      assertThat(entries).extracting(FileEntry::name).containsExactlyInAnyOrder("file.txt", "d");
      session.close().block(PATIENCE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("allServers")
  @Conforms({"FTP-060", "FTP-061"})
  void textTravelsAsText(String name) {
    try (ServerPeer server = RealServers.start(name, PeerOptions.DEFAULT)) {
      FtpSession session =
          RealServers.connect(
              RealServers.client(server)
                  .data(d -> d.withFormat(TransferFormat.PLAIN.withType(TransferType.ASCII))));
      byte[] text = "one\ntwo\nthree\n".getBytes(StandardCharsets.UTF_8);
      session.write(FILE, WriteMode.replace(), buffers(text, 5)).block(PATIENCE);
      assertThat(server.root().resolve("file.txt")).hasBinaryContent(text);
      assertThat(collect(session.read(FILE, ByteRange.all()))).isEqualTo(text);
      session.close().block(PATIENCE);
    }
  }

  @Test
  @Conforms("FTP-199")
  void deflateTravelsBothWays() {
    try (ServerPeer server = RealServers.start("apache", PeerOptions.DEFAULT)) {
      FtpSession session =
          RealServers.connect(
              RealServers.client(server)
                  .data(d -> d.withFormat(TransferFormat.PLAIN.withMode(TransferMode.DEFLATE))));
      for (int size : new int[] {0, 1, 500_000}) {
        byte[] content = octets(size);
        session.write(FILE, WriteMode.replace(), buffers(content, 7000)).block(PATIENCE);
        assertThat(server.root().resolve("file.txt")).hasBinaryContent(content);
        assertThat(collect(session.read(FILE, ByteRange.all()))).isEqualTo(content);
        assertThat(session.list(RemotePath.root()).count().block(PATIENCE)).isEqualTo(1);
      }
      session.close().block(PATIENCE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("allServers")
  @Conforms("FTP-190")
  void theTimeOfAFileIsSet(String name) {
    Instant time = Instant.parse("2020-02-29T12:34:56Z");
    try (ServerPeer server = RealServers.start(name, PeerOptions.DEFAULT)) {
      FtpSession session = RealServers.session(server);
      session.write(FILE, WriteMode.replace(), buffers(octets(7), 7)).block(PATIENCE);
      session.setAttributes(FILE, AttributeChange.none().withModified(time)).block(PATIENCE);
      assertThat(session.stat(FILE).block(PATIENCE).attributes().modified()).isEqualTo(time);
      session.close().block(PATIENCE);
    }
  }

  static Stream<String> withoutMlst() {
    return Stream.of("vsftpd", "pyftpdlib", "apache");
  }

  static Stream<String> allServers() {
    return RealServers.NAMES.stream();
  }
}
