package dev.sluice.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.GuardedSession;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.sftp.message.DraftExtension.CopyFile;
import dev.sluice.sftp.message.DraftExtension.Md5Hash;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.OpenSshExtension.Hardlink;
import dev.sluice.sftp.message.OpenSshExtension.Lsetstat;
import dev.sluice.sftp.message.OpenSshExtension.PosixRename;
import dev.sluice.sftp.message.PathRequest.Mkdir;
import dev.sluice.sftp.message.PathRequest.Open;
import dev.sluice.sftp.message.PathRequest.Plain;
import dev.sluice.sftp.message.PathRequest.Rename;
import dev.sluice.sftp.message.PathRequest.Setstat;
import dev.sluice.sftp.message.PathRequest.Symlink;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** A guard of a storage, which every request that opens or changes something asks. */
final class AuthorisationTest {
  private static final RemotePath PRIVATE = RemotePath.of("/private");

  @TempDir Path root;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(root.resolve("private/d"));
    Files.writeString(root.resolve("private/f"), "private");
    Files.writeString(root.resolve("own"), "own");
  }

  @Test
  @Conforms("SFTP-082")
  void whatItRefusesIsDeniedAndHasNoEffect() throws IOException {
    try (ServedClient client = ServedClient.of(new Guarded(LocalStorage.at(root)))) {
      String file = "/./private/d/../f";
      List<SftpRequest> requests =
          List.of(
              new Open(1, file, OpenHow.reading(), SftpAttributes.NONE),
              new Open(2, file, OpenHow.writing(Disposition.CREATE_TRUNCATE), SftpAttributes.NONE),
              new Open(
                  3, "private/g", OpenHow.writing(Disposition.CREATE_NEW), SftpAttributes.NONE),
              new Setstat(4, file, SftpAttributes.NONE.withSize(0L)),
              new Plain(Plain.Kind.REMOVE, 5, file),
              new Plain(Plain.Kind.OPENDIR, 6, "private"),
              new Plain(Plain.Kind.RMDIR, 7, "private/d"),
              new Mkdir(8, "private/e", SftpAttributes.NONE),
              new Rename(9, file, "moved", 0),
              new Rename(10, "own", "private/own", 0),
              new Symlink(11, "private/l", "own"),
              new Extended(12, new PosixRename(file, "moved")),
              new Extended(13, new PosixRename("own", file)),
              new Extended(14, new Hardlink(file, "hard")),
              new Extended(15, new Hardlink("own", "private/own")),
              new Extended(16, new Lsetstat(file, SftpAttributes.NONE.withPermissions(0600))),
              new Extended(17, new CopyFile(file, "copy", false)),
              new Extended(18, new CopyFile("own", "private/copy", false)),
              new Extended(19, new Md5Hash(file, null, 0, 0, new byte[0])));
      for (SftpRequest request : requests) {
        assertThat(client.status(request))
            .as("%s", request)
            .isEqualTo(StatusCode.PERMISSION_DENIED);
      }
    }
    assertThat(root.toFile().list()).containsExactlyInAnyOrder("own", "private");
    assertThat(root.resolve("private").toFile().list()).containsExactlyInAnyOrder("d", "f");
    assertThat(root.resolve("private/f")).hasContent("private");
  }

  @Test
  @Conforms("SFTP-082")
  void itIsToldTheUserTheOperationAndThePathAsItIs() {
    try (ServedClient client = ServedClient.of(new Guarded(LocalStorage.at(root)))) {
      client.ask(new Plain(Plain.Kind.REMOVE, 1, "x/.././/own"));
      client.ask(new Mkdir(2, "../../d/", SftpAttributes.NONE));
      client.ask(new Rename(3, "d", "e", 0));
    }
    assertThat(asked)
        .containsExactly(
            "ann DELETE /own", "ann CREATE_DIRECTORY /d", "ann RENAME /d", "ann RENAME /e");
  }

  private final class Guarded implements Storage {
    private final Storage inner;

    Guarded(Storage inner) {
      this.inner = inner;
    }

    @Override
    public Mono<StorageSession> open(Identity user) {
      return inner
          .open(user)
          .map(
              session ->
                  new GuardedSession(
                      session,
                      (right, path) -> {
                        asked.add(user.name() + " " + right + " " + path);
                        if (path.startsWith(PRIVATE)) {
                          throw new FileFailure(FileError.PERMISSION_DENIED, path, "private");
                        }
                      }));
    }
  }
}
