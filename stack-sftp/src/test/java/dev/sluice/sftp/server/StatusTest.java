package dev.sluice.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.PathRequest.Lstat;
import dev.sluice.sftp.message.PathRequest.Mkdir;
import dev.sluice.sftp.message.PathRequest.Open;
import dev.sluice.sftp.message.PathRequest.Plain;
import dev.sluice.sftp.message.PathRequest.Rename;
import dev.sluice.sftp.message.PathRequest.Setstat;
import dev.sluice.sftp.message.PathRequest.Stat;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpAttributes.Owner;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.storage.decorate.ReadOnlyStorage;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** What a client is told of a failure, and what it is not. */
final class StatusTest {
  @TempDir Path root;

  @ParameterizedTest
  @EnumSource(SftpVersion.class)
  @Conforms({"SFTP-049", "SFTP-119"})
  void aMissingFileIsToldFromAMissingDirectory(SftpVersion version) throws IOException {
    Files.writeString(root.resolve("f"), "");
    try (ServedClient client = client(LocalStorage.at(root), version)) {
      for (SftpRequest request : about("none")) {
        assertThat(client.status(request)).as("%s", request).isEqualTo(StatusCode.NO_SUCH_FILE);
      }
      List<SftpRequest> below = new ArrayList<>(about("none/below"));
      below.add(new Mkdir(8, "none/below", SftpAttributes.NONE));
      below.add(new Rename(9, "f", "none/below", 0));
      for (SftpRequest request : below) {
        assertThat(client.status(request))
            .as("%s", request)
            .isEqualTo(StatusCode.NO_SUCH_PATH.in(version));
      }
      for (SftpRequest request : about("f/below")) {
        assertThat(client.status(request))
            .as("%s", request)
            .isEqualTo(StatusCode.NOT_A_DIRECTORY.in(version));
      }
    }
  }

  private static List<SftpRequest> about(String path) {
    return List.of(
        new Stat(1, path, 0),
        new Lstat(2, path, 0),
        new Open(3, path, OpenHow.reading(), SftpAttributes.NONE),
        new Setstat(4, path, SftpAttributes.NONE.withPermissions(0600)),
        new Plain(Plain.Kind.REMOVE, 5, path),
        new Plain(Plain.Kind.OPENDIR, 6, path),
        new Rename(7, path, "free", 0));
  }

  @ParameterizedTest
  @EnumSource(SftpVersion.class)
  @Conforms({"SFTP-049", "SFTP-081"})
  void aTreeThatTakesNoChangesSaysSo(SftpVersion version) throws IOException {
    Files.writeString(root.resolve("f"), "");
    try (ServedClient client = client(ReadOnlyStorage.of(LocalStorage.at(root)), version)) {
      StatusCode expected =
          version == SftpVersion.V3 ? StatusCode.PERMISSION_DENIED : StatusCode.WRITE_PROTECT;
      for (SftpRequest request :
          List.of(
              new Plain(Plain.Kind.REMOVE, 1, "f"),
              new Mkdir(2, "d", SftpAttributes.NONE),
              new Rename(3, "f", "g", 0),
              new Open(4, "g", OpenHow.writing(Disposition.CREATE_NEW), SftpAttributes.NONE))) {
        assertThat(client.status(request)).as("%s", request).isEqualTo(expected);
      }
    }
    assertThat(root.toFile().list()).containsExactly("f");
  }

  @ParameterizedTest
  @EnumSource(
      value = SftpVersion.class,
      names = {"V4", "V5", "V6"})
  @Conforms({"SFTP-049", "SFTP-119", "SFTP-120"})
  void anUnknownOwnerIsNamedAndNothingIsChanged(SftpVersion version) throws IOException {
    Path file = Files.writeString(root.resolve("f"), "content");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    try (ServedClient client = client(LocalStorage.at(root), version)) {
      SftpAttributes asked =
          SftpAttributes.NONE
              .withSize(1L)
              .withPermissions(0600)
              .withOwner(new Owner("no-such-user@example.com", ""));

      SftpResponse.Status status = (SftpResponse.Status) client.ask(new Setstat(1, "f", asked));

      assertThat(ServedClient.code(status)).isEqualTo(StatusCode.UNKNOWN_PRINCIPAL.in(version));
      if (version != SftpVersion.V4) {
        ByteBuf data = Unpooled.wrappedBuffer(status.data());
        assertThat(SshString.readText(data)).isEqualTo("no-such-user");
        assertThat(data.isReadable()).isFalse();
      }
    }
    assertThat(file).hasContent("content");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
  }

  @ParameterizedTest
  @EnumSource(SftpVersion.class)
  @Conforms("SFTP-049")
  void whatAFailureSaysOfTheHostIsNotToldToTheClient(SftpVersion version) {
    try (ServedClient client = client(new Broken(MemoryStorage.create()), version)) {
      for (SftpRequest request :
          List.of(
              new Stat(1, "f", 0),
              new Open(2, "f", OpenHow.reading(), SftpAttributes.NONE),
              new Mkdir(3, "d", SftpAttributes.NONE))) {
        SftpResponse.Status status = (SftpResponse.Status) client.ask(request);
        assertThat(ServedClient.code(status)).isEqualTo(StatusCode.FAILURE);
        assertThat(status.message()).isEqualTo("failure");
      }
    }
  }

  private static ServedClient client(Storage storage, SftpVersion version) {
    return ServedClient.of(storage, SftpServerSettings.DEFAULT, version);
  }

  /** A storage with a defect: what it throws names places of the host. */
  private record Broken(Storage inner) implements Storage {
    @Override
    public Mono<StorageSession> open(Identity user) {
      return inner.open(user).map(BrokenSession::new);
    }
  }

  private record BrokenSession(StorageSession inner) implements ForwardingSession {
    private static final String PLACE = "/srv/private/place";

    @Override
    public Mono<FileEntry> stat(RemotePath path) {
      return Mono.error(new FileFailure(FileError.IO_ERROR, PLACE, new IOException(PLACE)));
    }

    @Override
    public Mono<FileHandle> open(RemotePath file, OpenMode mode) {
      throw new IllegalStateException(PLACE);
    }

    @Override
    public Mono<Void> createDirectory(RemotePath directory) {
      return Mono.error(new IllegalStateException(PLACE));
    }
  }
}
