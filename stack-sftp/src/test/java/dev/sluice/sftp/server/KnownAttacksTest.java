package dev.sluice.sftp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.login.Identity;
import dev.sluice.api.login.Right;
import dev.sluice.api.storage.RightsStorage;
import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.HandleRequest.Close;
import dev.sluice.sftp.message.HandleRequest.Read;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.OpenSshExtension.ExpandPath;
import dev.sluice.sftp.message.OpenSshExtension.Hardlink;
import dev.sluice.sftp.message.OpenSshExtension.PosixRename;
import dev.sluice.sftp.message.PathRequest.Lstat;
import dev.sluice.sftp.message.PathRequest.Mkdir;
import dev.sluice.sftp.message.PathRequest.Open;
import dev.sluice.sftp.message.PathRequest.Plain;
import dev.sluice.sftp.message.PathRequest.Realpath;
import dev.sluice.sftp.message.PathRequest.Rename;
import dev.sluice.sftp.message.PathRequest.Setstat;
import dev.sluice.sftp.message.PathRequest.Stat;
import dev.sluice.sftp.message.PathRequest.Symlink;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.message.Version;
import dev.sluice.storage.decorate.ReadOnlyStorage;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other servers were broken by. */
final class KnownAttacksTest {
  @TempDir Path base;
  private Path root;

  @BeforeEach
  void files() throws IOException {
    root = Files.createDirectory(base.resolve("u"));
    Files.createDirectory(base.resolve("u2")); // shares its beginning with the root
    Files.writeString(base.resolve("u2/secret"), "secret");
    Files.writeString(base.resolve("secret"), "secret");
    Files.createSymbolicLink(root.resolve("out"), Path.of("../secret"));
    Files.createSymbolicLink(root.resolve("above"), base);
    Files.writeString(root.resolve("own"), "own");
  }

  private ServedClient client() {
    return ServedClient.of(LocalStorage.at(root));
  }

  @Test
  @Conforms({"SFTP-074", "SFTP-075"})
  void noPathLeadsOutOfTheTree() {
    List<String> paths =
        List.of(
            "../secret",
            "/../secret",
            "//..//../secret",
            "../u2/secret",
            base + "/secret",
            base + "/u2/secret",
            "out",
            "above/secret",
            "above/u2/secret",
            "own/../../secret");
    try (ServedClient client = client()) {
      for (String path : paths) {
        List<SftpRequest> requests =
            List.of(
                new Open(1, path, OpenHow.reading(), SftpAttributes.NONE),
                new Open(2, path, OpenHow.writing(Disposition.OPEN_EXISTING), SftpAttributes.NONE),
                new Stat(3, path, 0),
                new Setstat(4, path, SftpAttributes.NONE.withSize(0L)),
                new Plain(Plain.Kind.OPENDIR, 5, path + "/.."));
        for (SftpRequest request : requests.subList(0, 4)) {
          assertThat(client.status(request)).as(path).isEqualTo(StatusCode.NO_SUCH_FILE);
        }
      }
    }
    assertThat(base.resolve("secret")).hasContent("secret");
    assertThat(base.resolve("u2/secret")).hasContent("secret");
  }

  @Test
  @Conforms({"SFTP-041", "SFTP-074", "SFTP-091"})
  void whetherAPathOutsideExistsCannotBeTold() {
    try (ServedClient client = client()) {
      for (String existing : List.of("above/secret", "above/u2")) {
        String missing = "above/missing";
        for (boolean expand : List.of(false, true)) {
          assertThat(describe(client.ask(real(existing, expand))))
              .isEqualTo(describe(client.ask(real(missing, expand))));
        }
      }
      assertThat(path(client.ask(real("/../..", false)))).isEqualTo("/");
      assertThat(path(client.ask(real("", false)))).isEqualTo("/");
    }
  }

  @Test
  void aDirectoryIsNotRemovedFromInside() throws IOException {
    Path kept = Files.createDirectory(root.resolve("kept"));
    try (ServedClient client = client()) {
      for (String path : List.of("kept/.", "/kept/.", ".")) {
        assertThat(client.status(new Plain(Plain.Kind.RMDIR, 1, path))).isNotEqualTo(StatusCode.OK);
      }
      assertThat(kept).exists();
      assertThat(client.status(new Plain(Plain.Kind.RMDIR, 1, "kept"))).isEqualTo(StatusCode.OK);
    }
  }

  @Test
  @Conforms({"SFTP-043", "SFTP-074"})
  void noAnswerNamesAPlaceOutsideOfTheTree() {
    try (ServedClient client = client()) {
      List<SftpRequest> requests =
          List.of(
              new Plain(Plain.Kind.READLINK, 1, "above"),
              new Plain(Plain.Kind.READLINK, 2, "out"),
              new Lstat(3, "above", 0),
              new Stat(4, "above", 0),
              new Plain(Plain.Kind.RMDIR, 5, "/"),
              new Rename(6, "none", "above/x", 0),
              new Open(7, "above", OpenHow.reading(), SftpAttributes.NONE));
      for (SftpRequest request : requests) {
        assertThat(client.ask(request).toString()).doesNotContain(base.toString());
      }
    }
  }

  @Test
  @Conforms({"SFTP-075", "SFTP-077"})
  void nothingIsMadeMovedOrLinkedAcrossTheBorder() {
    try (ServedClient client = client()) {
      List<SftpRequest> requests =
          List.of(
              new Mkdir(1, "above/made", SftpAttributes.NONE),
              new Rename(2, "own", "above/own", 0),
              new Extended(3, new PosixRename("own", "above/secret")),
              new Extended(4, new Hardlink("above/secret", "mine")),
              new Extended(5, new Hardlink("out", "mine")),
              new Plain(Plain.Kind.REMOVE, 6, "above/secret"),
              new Open(
                  7,
                  "above/new",
                  OpenHow.writing(Disposition.CREATE_TRUNCATE),
                  SftpAttributes.NONE));
      for (SftpRequest request : requests) {
        assertThat(client.status(request)).as(request.toString()).isNotEqualTo(StatusCode.OK);
      }
      client.ask(new Symlink(8, "escape", "../../../../../../etc"));
      assertThat(client.status(new Stat(9, "escape/passwd", 0))).isEqualTo(StatusCode.NO_SUCH_FILE);
      assertThat(client.status(new Plain(Plain.Kind.REMOVE, 10, "out"))).isEqualTo(StatusCode.OK);
    }
    assertThat(base.resolve("secret")).hasContent("secret");
    assertThat(base.toFile().list()).containsExactlyInAnyOrder("u", "u2", "secret");
  }

  @Test
  @Conforms("SFTP-073")
  void threeThousandOpensMeetTheLimitAndTheSessionLives() {
    try (ServedClient client = client()) {
      for (int id = 0; id < 3000; id++) {
        client.send(new Open(id, "own", OpenHow.reading(), SftpAttributes.NONE));
      }
      int handles = 0;
      for (int id = 0; id < 3000; id++) {
        if (client.next() instanceof SftpResponse.Handle) {
          handles++;
        }
      }
      assertThat(handles).isEqualTo(1024);
      assertThat(client.ask(new Stat(1, "own", 0))).isInstanceOf(SftpResponse.Attrs.class);
    }
  }

  @Test
  @Conforms("SFTP-078")
  void pathsThatAreTooLongOrHoldNulAreRefusedAndTheSessionLives() {
    for (SftpVersion version : SftpVersion.values()) {
      try (ServedClient client =
          ServedClient.of(LocalStorage.at(root), SftpServerSettings.DEFAULT, version)) {
        for (String path :
            List.of("a".repeat(60_000), "a".repeat(256), "a\0b", "d/".repeat(4000))) {
          StatusCode expected = StatusCode.INVALID_FILENAME.in(version);
          assertThat(client.status(new Mkdir(1, path, SftpAttributes.NONE))).isEqualTo(expected);
        }
        assertThat(client.ask(new Stat(2, "own", 0))).isInstanceOf(SftpResponse.Attrs.class);
      }
    }
  }

  @Test
  void aReadOfFourGibibytesTakesOnePacketAndADoubleCloseFails() {
    try (ServedClient client = client()) {
      SftpHandle file = client.open("own", OpenHow.reading());
      SftpResponse.Data data = (SftpResponse.Data) client.ask(new Read(1, file, 0, 0xFFFFFFFFL));
      assertThat(data.data().toString(UTF_8)).isEqualTo("own");
      data.data().release();
      assertThat(client.status(new Close(2, file))).isEqualTo(StatusCode.OK);
      assertThat(client.status(new Close(3, file))).isEqualTo(StatusCode.FAILURE);
    }
  }

  @Test
  void extendedDataInAnInitAreNotWalkedForever() {
    try (ServedClient client =
        ServedClient.unstarted(LocalStorage.at(root), SftpServerSettings.DEFAULT)) {
      byte[] init = new byte[200_000];
      init[0] = 1;
      init[4] = 3;
      client.sendRaw(Unpooled.buffer().writeInt(init.length).writeBytes(init));
      io.netty.buffer.ByteBuf answer = client.packet();
      assertThat(answer.readByte()).isEqualTo((byte) Version.TYPE);
      answer.release();
    }
  }

  @Test
  @Conforms("SFTP-083")
  void aPipeIsNotOpened() throws Exception {
    Process made = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
    assertThat(made.waitFor()).isZero();
    try (ServedClient client = client()) {
      assertThat(client.status(new Open(1, "pipe", OpenHow.reading(), SftpAttributes.NONE)))
          .isEqualTo(StatusCode.FAILURE);
    }
  }

  @Test
  @Conforms("SFTP-081")
  void whoMayOnlyReadIsRefusedAllChangesAndOfferedNone() {
    Identity reader = Identity.of(ServedClient.USER).withRights(Right.READ_ONLY);
    try (ServedClient client =
        ServedClient.as(reader, RightsStorage.of(ReadOnlyStorage.of(LocalStorage.at(root))))) {
      for (Disposition disposition :
          List.of(
              Disposition.CREATE_NEW,
              Disposition.CREATE_TRUNCATE,
              Disposition.OPEN_EXISTING,
              Disposition.TRUNCATE_EXISTING)) {
        String path = disposition == Disposition.CREATE_NEW ? "new" : "own";
        Open open = new Open(1, path, OpenHow.writing(disposition), SftpAttributes.NONE);
        assertThat(client.status(open)).isEqualTo(StatusCode.PERMISSION_DENIED);
      }
      List<SftpRequest> changes =
          List.of(
              new Setstat(2, "own", SftpAttributes.NONE.withPermissions(0600)),
              new Plain(Plain.Kind.REMOVE, 3, "own"),
              new Mkdir(4, "d", SftpAttributes.NONE),
              new Rename(5, "own", "new", 0),
              new Symlink(6, "l", "own"),
              new Extended(7, new PosixRename("own", "new")),
              new Extended(8, new Hardlink("own", "new")));
      for (SftpRequest change : changes) {
        assertThat(client.status(change)).isEqualTo(StatusCode.PERMISSION_DENIED);
      }
    }
    assertThat(offers(reader)).doesNotContain("posix-rename@openssh.com", "copy-data", "copy-file");
    assertThat(offers(Identity.of(ServedClient.USER))).contains("posix-rename@openssh.com");
  }

  private Set<String> offers(Identity user) {
    try (ServedClient client =
        ServedClient.unstarted(LocalStorage.at(root), SftpServerSettings.DEFAULT, user)) {
      return client.init(3).extensions().keySet();
    }
  }

  private static SftpRequest real(String path, boolean expand) {
    return expand
        ? new Extended(1, new ExpandPath(path))
        : new Realpath(1, path, Realpath.NO_CHECK, List.of());
  }

  private static String describe(SftpResponse response) {
    return response instanceof SftpResponse.Name
        ? "a name"
        : ServedClient.code(response).toString();
  }

  private static String path(SftpResponse response) {
    return ((SftpResponse.Name) response).entries().get(0).name();
  }
}
