package dev.sluice.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileKind;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.SftpVersions;
import dev.sluice.sftp.peer.client.ServerKind;
import dev.sluice.sftp.peer.client.SftpPeer;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a client does all day, with every server of the machine in every version that it speaks. */
final class RealServersIT {
  private static final Duration WAIT = Duration.ofMinutes(1);
  private static final RemotePath ROOT = RemotePath.root();
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final RemotePath OTHER = RemotePath.of("/other");
  private static final Instant THEN = Instant.parse("2001-02-03T04:05:06Z");
  private static final byte[] CONTENT = DownloadTest.octets(6_000_000);

  private static final Map<ServerKind, SftpPeer> SERVERS = new EnumMap<>(ServerKind.class);

  /** A server and what is spoken with it. */
  record Peer(ServerKind kind, SftpVersion version) {
    SftpSession session() {
      SftpPeer server = server();
      server.clear();
      SftpSession session =
          server
              .client()
              .versions(usual -> SftpVersions.only(version))
              .uploads(u -> u.withRemoveThenRename(true))
              .connectSftp()
              .block(WAIT);
      assertThat(Objects.requireNonNull(session).version()).isEqualTo(version);
      return session;
    }

    SftpPeer server() {
      SftpPeer running = SERVERS.get(kind);
      if (running == null) {
        running = kind.start();
        SERVERS.put(kind, running);
      }
      return running;
    }

    Path onDisk(RemotePath path) {
      return server().root().resolve(path.name());
    }

    @Override
    public String toString() {
      return kind + " " + version;
    }
  }

  static Stream<Peer> peers() {
    return Stream.of(ServerKind.values())
        .flatMap(kind -> kind.versions().stream().map(version -> new Peer(kind, version)));
  }

  @AfterAll
  static void stop() {
    SERVERS.values().forEach(SftpPeer::close);
    SERVERS.clear();
  }

  @ParameterizedTest
  @MethodSource("peers")
  @Conforms({"SFTP-099", "SFTP-100"})
  void aFileOfSeveralMebibytesGoesUpAndComesDown(Peer peer) throws IOException {
    SftpSession session = peer.session();

    session.write(FILE, WriteMode.replace(), buffers(CONTENT)).block(WAIT);

    assertThat(Arrays.equals(Files.readAllBytes(peer.onDisk(FILE)), CONTENT)).isTrue();
    assertThat(Arrays.equals(read(session, FILE, ByteRange.all()), CONTENT)).isTrue();
    session.close().block(WAIT);
  }

  @ParameterizedTest
  @MethodSource("peers")
  @Conforms({"SFTP-066", "SFTP-067"})
  void transfersGoOnWhereTheyEnded(Peer peer) throws IOException {
    SftpSession session = peer.session();
    int half = CONTENT.length / 2;
    Files.write(peer.onDisk(FILE), Arrays.copyOf(CONTENT, half));

    session
        .write(FILE, WriteMode.at(half), buffers(Arrays.copyOfRange(CONTENT, half, CONTENT.length)))
        .block(WAIT);

    assertThat(Arrays.equals(Files.readAllBytes(peer.onDisk(FILE)), CONTENT)).isTrue();
    assertThat(read(session, FILE, ByteRange.from(CONTENT.length - 1000L)))
        .isEqualTo(Arrays.copyOfRange(CONTENT, CONTENT.length - 1000, CONTENT.length));
    assertThat(read(session, FILE, ByteRange.from(CONTENT.length))).isEmpty();
    refused(FileError.OUT_OF_RANGE, session.read(FILE, ByteRange.from(CONTENT.length + 1L)).then());
    session.close().block(WAIT);
  }

  @ParameterizedTest
  @MethodSource("peers")
  @Conforms({"SFTP-068", "SFTP-069", "SFTP-086", "SFTP-111"})
  void aFileTakesThePlaceOfAnother(Peer peer) throws IOException {
    SftpSession session = peer.session();
    write(session, FILE, "first");
    write(session, FILE, "second");
    write(session, OTHER, "third");

    session.rename(OTHER, FILE).block(WAIT);

    assertThat(Files.readString(peer.onDisk(FILE))).isEqualTo("third");
    assertThat(names(session)).containsExactly("file");
    session.close().block(WAIT);
  }

  @ParameterizedTest
  @MethodSource("peers")
  @Conforms("SFTP-108")
  void aNewFileLeavesTheOldOneAlone(Peer peer) throws IOException {
    SftpSession session = peer.session();
    session.write(FILE, WriteMode.createNew(), text("old")).block(WAIT);

    refused(FileError.ALREADY_EXISTS, session.write(FILE, WriteMode.createNew(), text("intruder")));

    assertThat(Files.readString(peer.onDisk(FILE))).isEqualTo("old");
    assertThat(names(session)).containsExactly("file");
    session.close().block(WAIT);
  }

  @ParameterizedTest
  @MethodSource("peers")
  void whatIsAppendedComesToTheEnd(Peer peer) throws IOException {
    SftpSession session = peer.session();

    session.write(FILE, WriteMode.append(), text("one ")).block(WAIT);
    session.write(FILE, WriteMode.append(), text("two")).block(WAIT);

    assertThat(Files.readString(peer.onDisk(FILE))).isEqualTo("one two");
    session.close().block(WAIT);
  }

  @ParameterizedTest
  @MethodSource("peers")
  @Conforms({"SFTP-035", "SFTP-037", "SFTP-107"})
  void directoriesAreMadeListedAndRemoved(Peer peer) throws IOException {
    SftpSession session = peer.session();
    session.createDirectory(OTHER).block(WAIT);
    Files.createFile(peer.onDisk(OTHER).resolve("größer"));

    assertThat(kinds(session, ROOT)).isEqualTo(Map.of("other", FileKind.DIRECTORY));
    assertThat(kinds(session, OTHER)).isEqualTo(Map.of("größer", FileKind.FILE));
    refused(FileError.DIRECTORY_NOT_EMPTY, session.deleteDirectory(OTHER));
    refused(FileError.ALREADY_EXISTS, session.createDirectory(OTHER));
    session.deleteFile(OTHER.child("größer")).block(WAIT);
    session.deleteDirectory(OTHER).block(WAIT);

    assertThat(names(session)).isEmpty();
    session.close().block(WAIT);
  }

  @ParameterizedTest
  @MethodSource("peers")
  @Conforms({"SFTP-014", "SFTP-032", "SFTP-102", "SFTP-103", "SFTP-104"})
  void attributesAreSetAndTold(Peer peer) {
    SftpSession session = peer.session();
    write(session, FILE, "content");

    session
        .setAttributes(FILE, AttributeChange.none().withModified(THEN).withPermissions(0640))
        .block(WAIT);
    FileEntry found = Objects.requireNonNull(session.stat(FILE).block(WAIT));

    assertThat(found.kind()).isEqualTo(FileKind.FILE);
    assertThat(found.size()).isEqualTo(7);
    assertThat(found.attributes().modified()).isEqualTo(THEN);
    assertThat(found.attributes().permissions()).isEqualTo(0640);
    session.setAttributes(FILE, AttributeChange.none().withSize(3)).block(WAIT);
    assertThat(peer.onDisk(FILE)).hasContent("con");
    session.close().block(WAIT);
  }

  @ParameterizedTest
  @MethodSource("peers")
  @Conforms({"SFTP-043", "SFTP-044", "SFTP-112"})
  void aLinkPointsFromItsNameToItsTarget(Peer peer) throws IOException {
    SftpSession session = peer.session();
    write(session, FILE, "content");

    session.createSymbolicLink(OTHER, "file").block(WAIT);

    // ProFTPD makes some of what is linked to absolute
    assertThat(Files.readSymbolicLink(peer.onDisk(OTHER)).toString()).endsWith("file");
    assertThat(session.readLink(OTHER).block(WAIT)).isIn("file", "/file");
    assertThat(kinds(session, ROOT))
        .isEqualTo(Map.of("file", FileKind.FILE, "other", FileKind.SYMBOLIC_LINK));
    if (peer.kind() != ServerKind.PROFTPD) { // which follows links for LSTAT too
      assertThat(session.lstat(OTHER).map(FileEntry::kind).block(WAIT))
          .isEqualTo(FileKind.SYMBOLIC_LINK);
    }
    assertThat(session.stat(OTHER).map(FileEntry::size).block(WAIT)).isEqualTo(7);
    session.close().block(WAIT);
  }

  @ParameterizedTest
  @MethodSource("peers")
  @Conforms("SFTP-063")
  void aTransferThatIsCancelledLeavesTheSession(Peer peer) throws IOException {
    SftpSession session = peer.session();
    Files.write(peer.onDisk(FILE), CONTENT);

    session.read(FILE, ByteRange.all()).doOnNext(ByteBuf::release).blockFirst(WAIT);
    Flux<ByteBuf> endless = buffers(CONTENT).concatWith(Flux.never());
    session
        .write(OTHER, WriteMode.replace(), endless.doOnDiscard(ByteBuf.class, ByteBuf::release))
        .takeUntilOther(Mono.delay(Duration.ofMillis(300)))
        .block(WAIT);
    write(session, OTHER.parent().child("last"), "content");

    assertThat(Arrays.equals(read(session, FILE, ByteRange.all()), CONTENT)).isTrue();
    session.close().block(WAIT);
    try (Stream<Path> left = Files.list(peer.onDisk(FILE).getParent())) {
      assertThat(left.map(it -> it.getFileName().toString()))
          .containsExactlyInAnyOrder("file", "last");
    }
  }

  @ParameterizedTest
  @MethodSource("peers")
  @Conforms("SFTP-048")
  void whatIsMissingIsToldAsMissing(Peer peer) {
    SftpSession session = peer.session();
    RemotePath missing = RemotePath.of("/missing");

    refused(FileError.NOT_FOUND, session.stat(missing));
    refused(FileError.NOT_FOUND, session.read(missing, ByteRange.all()).then());
    refused(FileError.NOT_FOUND, session.list(missing).then());
    refused(FileError.NOT_FOUND, session.deleteFile(missing));
    refused(FileError.NOT_FOUND, session.deleteDirectory(missing));
    refused(FileError.NOT_FOUND, session.rename(missing, OTHER));
    refused(
        FileError.NOT_FOUND,
        session.write(missing.child("file"), WriteMode.replace(), text("nowhere")));
    assertThat(names(session)).isEmpty();
    session.close().block(WAIT);
  }

  @ParameterizedTest
  @MethodSource("tellingLinks")
  void whatIsWrittenThroughALinkIsItsTarget(Peer peer) throws IOException {
    SftpSession session = peer.session();
    write(session, FILE, "old");
    Files.createSymbolicLink(peer.onDisk(OTHER), Path.of("file"));

    write(session, OTHER, "new");

    assertThat(peer.onDisk(OTHER)).isSymbolicLink();
    assertThat(Files.readString(peer.onDisk(FILE))).isEqualTo("new");
    session.close().block(WAIT);
  }

  @ParameterizedTest
  @MethodSource("peers")
  @Conforms({"SFTP-068", "SFTP-070"})
  void aFileIsWrittenWithItsAttributesAndSynced(Peer peer) throws IOException {
    peer.session().close().block(WAIT);
    SftpSession session =
        peer.server()
            .client()
            .versions(usual -> SftpVersions.only(peer.version()))
            .uploads(u -> u.withSynced(true))
            .connectSftp()
            .block(WAIT);

    Objects.requireNonNull(session)
        .write(
            FILE,
            WriteMode.createNew(),
            buffers(CONTENT),
            AttributeChange.none().withModified(THEN).withPermissions(0640))
        .block(WAIT);

    assertThat(Arrays.equals(Files.readAllBytes(peer.onDisk(FILE)), CONTENT)).isTrue();
    assertThat(Files.getLastModifiedTime(peer.onDisk(FILE)).toInstant()).isEqualTo(THEN);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(peer.onDisk(FILE))))
        .isEqualTo("rw-r-----");
    session.close().block(WAIT);
  }

  @Test
  @Conforms("SFTP-089")
  void aLinkIsGivenATimeThatItsTargetDoesNotGet() throws IOException {
    Peer peer = new Peer(ServerKind.OPENSSH, SftpVersion.V3);
    SftpSession session = peer.session();
    write(session, FILE, "content");
    session.createSymbolicLink(OTHER, "file").block(WAIT);

    session.setLinkAttributes(OTHER, AttributeChange.none().withModified(THEN)).block(WAIT);

    assertThat(session.lstat(OTHER).block(WAIT).attributes().modified()).isEqualTo(THEN);
    assertThat(session.stat(OTHER).block(WAIT).attributes().modified()).isAfter(THEN);
    session.close().block(WAIT);
  }

  /** ProFTPD shows a link as what it leads to. */
  static Stream<Peer> tellingLinks() {
    return peers().filter(peer -> peer.kind() != ServerKind.PROFTPD);
  }

  static Stream<Peer> selectable() {
    return peers()
        .filter(peer -> peer.kind() == ServerKind.MINA || peer.kind() == ServerKind.PROFTPD)
        .filter(peer -> peer.version() != SftpVersion.V3);
  }

  @ParameterizedTest
  @MethodSource("selectable")
  @Conforms("SFTP-100")
  void aHigherVersionIsSelectedOfThoseThatAreListed(Peer peer) throws IOException {
    peer.session().close().block(WAIT);
    SftpSession session =
        peer.server()
            .client()
            .versions(usual -> new SftpVersions(SftpVersion.V3, peer.version()))
            .connectSftp()
            .block(WAIT);

    assertThat(Objects.requireNonNull(session).version()).isEqualTo(peer.version());
    write(session, FILE, "content");
    assertThat(Files.readString(peer.onDisk(FILE))).isEqualTo("content");
    assertThat(kinds(session, ROOT)).isEqualTo(Map.of("file", FileKind.FILE));
    session.close().block(WAIT);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"MINA", "PARAMIKO"}) // which decode names
  @Conforms("SFTP-079")
  void aNameThatIsNotUtf8StaysAsItIs(ServerKind kind) {
    SftpSession session = new Peer(kind, SftpVersion.V3).session();
    String name = RawName.decode(new byte[] {'n', (byte) 0xE4, (byte) 0xFF, 'm', 'e'});
    RemotePath raw = ROOT.child(name);

    write(session, raw, "content");

    assertThat(names(session)).containsExactly(name);
    assertThat(new String(read(session, raw, ByteRange.all()), StandardCharsets.UTF_8))
        .isEqualTo("content");
    session.rename(raw, ROOT.child(name + name)).block(WAIT);
    assertThat(names(session)).containsExactly(name + name);
    session.deleteFile(ROOT.child(name + name)).block(WAIT);
    assertThat(names(session)).isEmpty();
    session.close().block(WAIT);
  }

  private static void refused(FileError expected, Mono<?> verb) {
    assertThatThrownBy(() -> verb.block(WAIT))
        .isInstanceOfSatisfying(
            FileFailure.class, refusal -> assertThat(refusal.error()).isEqualTo(expected));
  }

  private static List<String> names(SftpSession session) {
    return Objects.requireNonNull(
        session.list(ROOT).map(FileEntry::name).collectList().block(WAIT));
  }

  private static Map<String, FileKind> kinds(SftpSession session, RemotePath directory) {
    return Objects.requireNonNull(
        session.list(directory).collectMap(FileEntry::name, FileEntry::kind).block(WAIT));
  }

  private static void write(SftpSession session, RemotePath path, String content) {
    session.write(path, WriteMode.replace(), text(content)).block(WAIT);
  }

  private static Publisher<ByteBuf> text(String content) {
    return Mono.fromSupplier(() -> Unpooled.copiedBuffer(content, StandardCharsets.UTF_8));
  }

  private static Flux<ByteBuf> buffers(byte[] content) {
    int size = 50_000;
    return Flux.range(0, (content.length + size - 1) / size)
        .map(
            i ->
                Unpooled.copiedBuffer(
                    content, i * size, Math.min(size, content.length - i * size)));
  }

  private static byte[] read(SftpSession session, RemotePath path, ByteRange range) {
    ByteBuf all =
        session
            .read(path, range)
            .collect(
                Unpooled::buffer,
                (into, buffer) -> {
                  into.writeBytes(buffer);
                  buffer.release();
                })
            .block(WAIT);
    return Arrays.copyOf(Objects.requireNonNull(all).array(), all.readableBytes());
  }
}
