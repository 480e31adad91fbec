package dev.sluice.server.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.client.Clients;
import dev.sluice.server.config.ConfigReader;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.daemon.ConfiguredAccess;
import dev.sluice.server.daemon.Daemon;
import dev.sluice.transport.connect.HostTrust;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the keys of a user do to their files, over FTP and SFTP alike. */
final class UserTreesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String HASH =
      OpenBSDBCrypt.generate("secret".toCharArray(), new byte[16], 4);

  @TempDir private Path directory;
  private Path home;
  private Daemon daemon;

  @BeforeEach
  void directories() throws IOException {
    home = Files.createDirectories(directory.resolve("ann"));
  }

  @AfterEach
  void stop() {
    if (daemon != null) {
      daemon.drain(Duration.ZERO).block(PATIENCE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void aFolderIsAnotherTreeWithRightsOfItsOwn(String scheme) throws IOException {
    Path shared = Files.createDirectories(directory.resolve("shared"));
    Files.writeString(shared.resolve("price"), "1");
    FileSession ann =
        serve(scheme, "folders: { /pub/shared: { path: '" + shared + "', rights: [list, read] } }");

    assertThat(names(ann, "/")).containsExactly("pub");
    assertThat(names(ann, "/pub")).containsExactly("shared");
    assertThat(names(ann, "/pub/shared")).containsExactly("price");
    write(ann, "/mine", 1);
    refused(() -> write(ann, "/pub/shared/new", 1));
    refused(() -> ann.deleteFile(path("/pub/shared/price")).block(PATIENCE));
    refused(() -> ann.rename(path("/pub/shared/price"), path("/pub/shared/p")).block(PATIENCE));
    refused(() -> ann.rename(path("/pub/shared"), path("/other")).block(PATIENCE));
    assertThat(shared.resolve("price")).hasContent("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void theLastRuleThatFitsGivesTheRights(String scheme) throws IOException {
    Files.createDirectories(home.resolve("in/old"));
    Files.writeString(home.resolve("in/old/file"), "1");
    FileSession ann =
        serve(
            scheme,
            "rights: [list, read], rules: [ { path: '/in/**', rights: [list, create] },"
                + " { path: '/in/old/**', rights: [list, read, delete] } ]");

    refused(() -> write(ann, "/top", 1));
    write(ann, "/in/new", 1);
    refused(() -> write(ann, "/in/new", 2));
    refused(() -> ann.read(path("/in/new"), ByteRange.all()).then().block(PATIENCE));
    refused(() -> ann.rename(path("/in/old/file"), path("/in/x")).block(PATIENCE));
    ann.deleteFile(path("/in/old/file")).block(PATIENCE);
    refused(() -> ann.deleteFile(path("/in/new")).block(PATIENCE));
    assertThat(home.resolve("in/new")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void rightsCountWhereALinkLeads(String scheme) throws IOException {
    Files.createDirectories(home.resolve("in"));
    Files.createDirectories(home.resolve("safe"));
    Files.createSymbolicLink(home.resolve("in/way"), Path.of("../safe"));
    FileSession ann =
        serve(scheme, "rights: [list, read], rules: [ { path: '/in/**', rights: [all] } ]");

    refused(() -> write(ann, "/in/way/file", 1));
    refused(() -> write(ann, "/in/../safe/file", 1));
    assertThat(home.resolve("safe")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void namesThatAreNotAllowedAreNotGiven(String scheme) {
    FileSession ann =
        serve(scheme, "rules: [ { names: { allow: ['*.csv', 'd?'], deny: ['.*'] } } ]");

    write(ann, "/a.csv", 1);
    refused(() -> write(ann, "/a.exe", 1));
    refused(() -> write(ann, "/.b.csv", 1));
    refused(() -> ann.rename(path("/a.csv"), path("/a.exe")).block(PATIENCE));
    refused(() -> ann.createDirectory(path("/long")).block(PATIENCE));
    ann.createDirectory(path("/d1")).block(PATIENCE);
    assertThat(names(ann, "/")).containsExactlyInAnyOrder("a.csv", "d1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void whatIsHiddenIsNotThere(String scheme) throws IOException {
    Files.createDirectories(home.resolve(".git/objects"));
    Files.writeString(home.resolve(".git/config"), "secret");
    FileSession ann = serve(scheme, "rules: [ { path: '/**/.git', hidden: true } ]");

    assertThat(names(ann, "/")).isEmpty();
    for (String hidden : List.of("/.git", "/.git/config", "/x/../.git/config")) {
      assertThatThrownBy(() -> ann.stat(path(hidden)).block(PATIENCE))
          .isInstanceOfSatisfying(
              FileFailure.class, it -> assertThat(it.error()).isEqualTo(FileError.NOT_FOUND));
      assertThatThrownBy(() -> ann.read(path(hidden), ByteRange.all()).then().block(PATIENCE))
          .isInstanceOf(FileFailure.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void aQuotaCountsOctetsAndFilesOfAllSessions(String scheme) throws IOException {
    Files.write(home.resolve("before"), new byte[400]);
    FileSession ann = serve(scheme, "quota: { bytes: 1000, files: 3 }");
    FileSession again = login();

    write(ann, "/a", 500);
    refused(() -> write(again, "/b", 200));
    write(again, "/b", 50);
    refused(() -> write(ann, "/c", 1));
    write(ann, "/a", 100);
    ann.deleteFile(path("/before")).block(PATIENCE);
    write(again, "/c", 850);
    refused(() -> write(ann, "/d", 0));
    assertThat(names(ann, "/")).containsExactlyInAnyOrder("a", "b", "c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void twentyUploadsAtOnceDoNotPassAQuota(String scheme) throws IOException {
    serve(scheme, "quota: { bytes: 10000, files: 15 }");
    List<FileSession> sessions = IntStream.range(0, 20).mapToObj(i -> login()).toList();

    Flux.range(0, 20)
        .flatMap(
            i ->
                sessions
                    .get(i)
                    .write(path("/f" + i), WriteMode.inPlace(), content(900))
                    .onErrorComplete(),
            20)
        .blockLast(PATIENCE);

    assertThat(home.toFile().list()).hasSizeLessThanOrEqualTo(15);
    long octets = 0;
    for (String name : home.toFile().list()) {
      octets += Files.size(home.resolve(name));
    }
    assertThat(octets).isLessThanOrEqualTo(10_000);
    FileSession ann = login();
    for (String name : home.toFile().list()) {
      ann.deleteFile(path("/" + name)).block(PATIENCE);
    }
    write(ann, "/all", 10_000);
  }

  @Test
  void aQuotaGoesOnAfterAReload() throws IOException {
    FileSession ann = serve("ftp", "quota: { bytes: 1000 }");
    write(ann, "/a", 900);
    daemon.reload(read()).block(PATIENCE);

    refused(() -> write(login(), "/b", 200));
    write(ann, "/a", 100);
    write(login(), "/b", 200);
  }

  @Test
  void twoProtocolsShareAFolderWithItsQuota() throws IOException {
    Path shared = Files.createDirectories(directory.resolve("shared"));
    FileSession ftp =
        serve(
            "ftp",
            "folders: { /s: { path: '" + shared + "', quota: { bytes: 1000 } } }",
            "sftp://127.0.0.1:0");
    FileSession sftp = login(daemon.urls().get(1));

    write(ftp, "/s/a", 600);
    refused(() -> write(sftp, "/s/b", 600));
    write(sftp, "/home", 5000);
  }

  @Test
  void aFolderOnAnotherServerIsPartOfTheTree() throws IOException {
    Path far = Files.createDirectories(directory.resolve("far"));
    Files.writeString(far.resolve("file"), "far away");
    Daemon partner = start("ftp://127.0.0.1:0", "home: '" + far + "'");
    String url = partner.urls().get(0).replace("://", "://ann:secret@");
    FileSession ann = serve("sftp", "folders: { /partner: { url: '" + url + "' } }");

    assertThat(names(ann, "/partner")).containsExactly("file");
    write(ann, "/partner/new", 70_000);
    assertThat(far.resolve("new")).hasSize(70_000);

    partner.drain(Duration.ZERO).block(PATIENCE);
    FileSession later = login();
    assertThat(names(later, "/")).containsExactly("partner");
    assertThatThrownBy(() -> names(later, "/partner")).isInstanceOf(RuntimeException.class);
    write(later, "/mine", 10);
  }

  @Test
  void aFolderThatIsNotThereIsAFaultOfTheDocument() {
    assertThatThrownBy(
            () -> serve("ftp", "folders: { /s: { path: '" + directory.resolve("none") + "' } }"))
        .hasMessageContaining("user ann has the folder /s")
        .hasMessageContaining("make it");
    assertThatThrownBy(() -> serve("ftp", "rules: [ { path: 'in' } ]"))
        .hasMessageContaining("user ann has a rule whose path \"in\" does not begin with /");
    assertThatThrownBy(() -> serve("ftp", "folders: { /s: { url: 'gopher://a:pass-word@b' } }"))
        .hasMessageContaining("folder /s")
        .hasMessageNotContaining("pass-word");
  }

  private FileSession serve(String scheme, String keys, String... more) {
    StringBuilder listeners = new StringBuilder(scheme + "://127.0.0.1:0");
    for (String url : more) {
      listeners.append("' }, { url: '").append(url);
    }
    daemon = start(listeners.toString(), "home: '" + home + "', " + keys);
    return login();
  }

  private Daemon start(String listener, String keys) {
    try {
      Files.writeString(
          directory.resolve("s.yaml"),
          "listeners: [ { url: '%s' } ]\nhostKeys: keys\nusers:\n  - { name: ann, password: '%s', %s }\n"
              .formatted(listener, HASH, keys));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return Daemon.start(read(), new ConfiguredAccess()::of, SessionObserver.NONE).block(PATIENCE);
  }

  private ServerConfig read() {
    return ConfigReader.read(directory.resolve("s.yaml"), Map.<String, String>of()::get).config();
  }

  private FileSession login() {
    return login(daemon.urls().get(0));
  }

  private static FileSession login(String url) {
    return Clients.of(
            URI.create(url.replace("://", "://ann:secret@")),
            c -> url.startsWith("sftp") ? c.hostKeys(HostTrust.dangerouslyTrustAnyone()) : c)
        .connect()
        .block(PATIENCE);
  }

  private static RemotePath path(String text) {
    return RemotePath.of(text);
  }

  private static List<String> names(FileSession session, String directory) {
    return session.list(path(directory)).map(FileEntry::name).collectList().block(PATIENCE);
  }

  private static void write(FileSession session, String file, int octets) {
    session.write(path(file), WriteMode.inPlace(), content(octets)).block(PATIENCE);
  }

  private static Flux<ByteBuf> content(int octets) {
    return Mono.fromSupplier(() -> Unpooled.wrappedBuffer(new byte[octets])).flux();
  }

  private static void refused(ThrowingCallable verb) {
    assertThatThrownBy(verb).isInstanceOf(FileFailure.class);
  }
}
