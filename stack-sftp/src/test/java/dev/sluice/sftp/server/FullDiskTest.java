package dev.sluice.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpServerUploads;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.HandleRequest.Close;
import dev.sluice.sftp.message.HandleRequest.Read;
import dev.sluice.sftp.message.HandleRequest.Write;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.PathRequest.Plain;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import dev.sluice.test.SmallDisk;
import dev.sluice.test.peer.Peers;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk of 4 MiB. */
final class FullDiskTest {
  private static final int CHUNK = 128 * 1024;
  private static final int CHUNKS = 48;

  @TempDir Path root;
  private SmallDisk disk;

  @BeforeEach
  void mount() {
    disk = Peers.require(SmallDisk.mount(root, 4), "tmpfs: only root may mount one");
  }

  @AfterEach
  void unmount() {
    disk.close();
  }

  @ParameterizedTest
  @EnumSource(SftpVersion.class)
  @Conforms("SFTP-084")
  void whatWasAcknowledgedStaysAndTheRestIsRefusedForWantOfRoom(SftpVersion version) {
    try (ServedClient client =
        ServedClient.of(LocalStorage.at(root), SftpServerSettings.DEFAULT, version)) {
      SftpHandle file = client.open("f", OpenHow.readWriting(Disposition.CREATE_TRUNCATE));
      int taken = fill(client, file, version);

      SftpResponse.Data last =
          (SftpResponse.Data) client.ask(new Read(1, file, (taken - 1L) * CHUNK, CHUNK));
      assertThat(last.data().readableBytes()).isEqualTo(CHUNK);
      last.data().release();
      assertThat(client.status(new Close(2, file))).isEqualTo(StatusCode.OK);
      assertThat(client.status(new Plain(Plain.Kind.REMOVE, 3, "f"))).isEqualTo(StatusCode.OK);
      SftpHandle next = client.open("g", OpenHow.writing(Disposition.CREATE_TRUNCATE));
      assertThat(client.status(write(4, next, 0))).isEqualTo(StatusCode.OK);
    }
  }

  @ParameterizedTest
  @EnumSource(SftpVersion.class)
  @Conforms({"SFTP-026", "SFTP-084"})
  void anAtomicUploadThatFoundNoRoomIsNotPutInPlaceWhenItIsClosed(SftpVersion version) {
    SftpServerSettings atomic =
        SftpServerSettings.DEFAULT.withUploads(new SftpServerUploads(true, 022));
    try (ServedClient client = ServedClient.of(LocalStorage.at(root), atomic, version)) {
      SftpHandle file = client.open("f", OpenHow.writing(Disposition.CREATE_TRUNCATE));
      fill(client, file, version);

      assertThat(client.status(new Close(1, file)))
          .isEqualTo(StatusCode.NO_SPACE_ON_FILESYSTEM.in(version));
      assertThat(root).isEmptyDirectory();
    }
  }

  /** Writes more than fits; answers how many chunks were taken. */
  private static int fill(ServedClient client, SftpHandle file, SftpVersion version) {
    int taken = 0;
    for (int i = 0; i < CHUNKS; i++) {
      StatusCode code = client.status(write(i, file, i));
      if (code == StatusCode.OK) {
        assertThat(i).as("nothing is taken behind a refusal").isEqualTo(taken);
        taken++;
      } else {
        assertThat(code).isEqualTo(StatusCode.NO_SPACE_ON_FILESYSTEM.in(version));
      }
    }
    assertThat(taken).isBetween(CHUNKS / 3, CHUNKS - 1);
    return taken;
  }

  private static Write write(int id, SftpHandle file, int chunk) {
    return new Write(id, file, (long) chunk * CHUNK, Unpooled.wrappedBuffer(new byte[CHUNK]));
  }
}
