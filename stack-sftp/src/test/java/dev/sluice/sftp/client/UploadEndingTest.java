package dev.sluice.sftp.client;

import static dev.sluice.sftp.client.DownloadTest.octets;
import static dev.sluice.sftp.client.ScriptedServer.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.sftp.SftpClientSettings;
import dev.sluice.sftp.SftpUploads;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.HandleRequest.Close;
import dev.sluice.sftp.message.HandleRequest.Fsetstat;
import dev.sluice.sftp.message.HandleRequest.Write;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.PathRequest.Plain;
import dev.sluice.sftp.message.PathRequest.Rename;
import dev.sluice.sftp.message.PathRequest.Setstat;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What comes behind the last octet of an upload, and how a new file gets its name. */
final class UploadEndingTest {
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final Instant THEN = Instant.parse("2001-02-03T04:05:06Z");
  private static final AttributeChange CHANGE =
      AttributeChange.none().withModified(THEN).withPermissions(04755);
  private static final SftpClientSettings SYNCED =
      ScriptedServer.SETTINGS.withUploads(SftpUploads.DEFAULT.withSynced(true));
  private static final Map<String, byte[]> REPLACING =
      Map.of("posix-rename@openssh.com", one(), "fsync@openssh.com", one());

  private final OneFile file = new OneFile(new byte[0]);

  @Test
  @Conforms("SFTP-070")
  void attributesAreSetByTheHandleBehindTheLastWriteAndBeforeItIsClosed() {
    ScriptedServer server = new ScriptedServer(file).speaking(3, REPLACING);

    server.session().write(FILE, WriteMode.replace(), content(), CHANGE).block(WAIT);

    assertThat(kinds(server))
        .containsSubsequence(Write.class, Fsetstat.class, Close.class, Extended.class)
        .doesNotContain(Setstat.class);
    List<SftpRequest> seen = server.seen();
    int set = seen.indexOf(first(server, Fsetstat.class));
    assertThat(seen.subList(set, seen.size())).noneMatch(Write.class::isInstance);
    SftpAttributes said = first(server, Fsetstat.class).attributes();
    assertThat(said.modified()).isEqualTo(THEN);
    assertThat(said.permissions()).isEqualTo(04755);
  }

  @Test
  @Conforms("SFTP-070")
  void whatAnOpenFileDoesNotTakeIsSetByItsName() {
    ScriptedServer server = new ScriptedServer(refusing(Fsetstat.class)).speaking(3, REPLACING);

    server.session().write(FILE, WriteMode.replace(), content(), CHANGE).block(WAIT);

    assertThat(kinds(server)).containsSubsequence(Close.class, Extended.class, Setstat.class);
    assertThat(first(server, Setstat.class).path()).isEqualTo("/file");
  }

  @Test
  @Conforms("SFTP-070")
  void aFileDoesNotGetTheSetUidBitOfTheOneItReplaces() {
    ScriptedServer server =
        new ScriptedServer(
                (request, far) -> {
                  if (request instanceof PathRequest.Lstat) {
                    SftpAttributes there = SftpAttributes.NONE.withPermissions(06755);
                    far.send(new SftpResponse.Attrs(request.id(), there));
                  } else {
                    file.on(request, far);
                  }
                })
            .speaking(3, REPLACING);

    server.session().write(FILE, WriteMode.replace(), content()).block(WAIT);

    assertThat(first(server, Fsetstat.class).attributes().permissions()).isEqualTo(0755);
  }

  @Test
  @Conforms({"SFTP-068", "SFTP-088"})
  void aFileIsSyncedBeforeItTakesItsName() {
    ScriptedServer server = new ScriptedServer(file).speaking(3, REPLACING);

    server.session(SYNCED).write(FILE, WriteMode.replace(), content()).block(WAIT);

    assertThat(extensions(server)).containsExactly("fsync@openssh.com", "posix-rename@openssh.com");
    assertThat(kinds(server)).containsSubsequence(Write.class, Extended.class, Close.class);
  }

  @Test
  @Conforms({"SFTP-068", "SFTP-088"})
  void aFileThatCannotBeSyncedDoesNotTakeItsName() {
    ScriptedServer server = new ScriptedServer(refusing(Extended.class)).speaking(3, REPLACING);

    assertThatThrownBy(
            () -> server.session(SYNCED).write(FILE, WriteMode.replace(), content()).block(WAIT))
        .isInstanceOf(FileFailure.class);

    assertThat(extensions(server)).containsExactly("fsync@openssh.com");
    assertThat(first(server, Plain.class).path()).endsWith(".part");
    assertThat(file.openHandles()).isZero();
  }

  @Test
  @Conforms("SFTP-088")
  void nothingIsSyncedWhereTheServerCannotOrNobodyAsks() {
    ScriptedServer unable = new ScriptedServer(file);
    ScriptedServer unasked = new ScriptedServer(file).speaking(3, REPLACING);

    unable.session(SYNCED).write(FILE, WriteMode.createNew(), content()).block(WAIT);
    unasked.session().write(FILE, WriteMode.createNew(), content()).block(WAIT);

    assertThat(unable.count(Extended.class)).isZero();
    assertThat(unasked.count(Extended.class)).isZero();
  }

  @Test
  @Conforms("SFTP-068")
  void aNewFileTakesItsNameWhenItIsWhole() {
    ScriptedServer server = new ScriptedServer(file).speaking(3, REPLACING);

    server.session().write(FILE, WriteMode.createNew(), content()).block(WAIT);

    assertThat(first(server, PathRequest.Open.class).path()).endsWith(".part");
    Rename naming = first(server, Rename.class);
    assertThat(naming.path()).endsWith(".part");
    assertThat(naming.to()).isEqualTo("/file");
    assertThat(kinds(server)).containsSubsequence(Close.class, Rename.class);
    assertThat(server.count(Extended.class)).isZero(); // a rename that replaces would not do
  }

  @Test
  @Conforms("SFTP-068")
  void aNameThatIsTakenMeanwhileStaysWithItsFile() {
    ScriptedServer server = new ScriptedServer(takenFrom(Close.class));

    assertThatThrownBy(
            () -> server.session().write(FILE, WriteMode.createNew(), content()).block(WAIT))
        .isInstanceOfSatisfying(
            FileFailure.class, e -> assertThat(e.error()).isEqualTo(FileError.ALREADY_EXISTS));

    assertThat(first(server, Plain.class).path()).endsWith(".part");
  }

  @Test
  @Conforms("SFTP-068")
  void nothingIsWrittenWhereTheNameIsTakenFromTheStart() {
    ScriptedServer server = new ScriptedServer(takenFrom(SftpRequest.class));

    assertThatThrownBy(
            () -> server.session().write(FILE, WriteMode.createNew(), content()).block(WAIT))
        .isInstanceOfSatisfying(
            FileFailure.class, e -> assertThat(e.error()).isEqualTo(FileError.ALREADY_EXISTS));

    assertThat(server.count(Write.class)).isZero();
    assertThat(first(server, Plain.class).path()).endsWith(".part");
    assertThat(file.openHandles()).isZero();
  }

  @Test
  void aNewFileThatMayGrowInSightHasItsNameAtOnce() {
    ScriptedServer server = new ScriptedServer(file);

    server.session().write(FILE, new WriteMode.CreateNew(false), content()).block(WAIT);

    assertThat(first(server, PathRequest.Open.class).path()).isEqualTo("/file");
    assertThat(server.count(Rename.class)).isZero();
  }

  /** The name is free until a request of this kind has come. */
  private ScriptedServer.Script takenFrom(Class<? extends SftpRequest> kind) {
    return (request, far) -> {
      boolean taken = far.count(kind) > 0;
      if (taken && request instanceof PathRequest.Lstat) {
        far.send(new SftpResponse.Attrs(request.id(), SftpAttributes.NONE.withSize(3L)));
      } else if (taken && request instanceof Rename) {
        far.status(request.id(), StatusCode.FAILURE);
      } else {
        file.on(request, far);
      }
    };
  }

  private ScriptedServer.Script refusing(Class<? extends SftpRequest> kind) {
    return (request, far) -> {
      if (kind.isInstance(request)) {
        far.status(request.id(), StatusCode.OP_UNSUPPORTED);
      } else {
        file.on(request, far);
      }
    };
  }

  private static List<Class<?>> kinds(ScriptedServer server) {
    return server.seen().stream().<Class<?>>map(Object::getClass).toList();
  }

  private static List<String> extensions(ScriptedServer server) {
    return server.seen().stream()
        .filter(Extended.class::isInstance)
        .map(request -> ((Extended) request).extension().name())
        .toList();
  }

  private static <T> T first(ScriptedServer server, Class<T> kind) {
    return server.seen().stream().filter(kind::isInstance).map(kind::cast).findFirst().get();
  }

  private static Flux<ByteBuf> content() {
    return Flux.range(0, 4).map(i -> Unpooled.wrappedBuffer(octets(40_000)));
  }

  private static byte[] one() {
    return new byte[] {'1'};
  }
}
