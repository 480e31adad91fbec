package dev.sluice.sftp.both;

import static dev.sluice.sftp.both.BothEnds.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.SftpVersions;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import dev.sluice.test.SmallDisk;
import dev.sluice.test.peer.Peers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

/** Client and server of ours, and a disk of 4 MiB. */
final class FullDiskIT {
  private static final int CHUNK = 64 * 1024;

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
  @Conforms({"SFTP-062", "SFTP-068", "SFTP-084"})
  void anUploadThatFindsNoRoomKeepsTheOldFileAndTheSession(SftpVersion version) {
    RemotePath file = RemotePath.of("/file");
    try (BothEnds ends = BothEnds.serving(LocalStorage.at(root))) {
      SftpSession session =
          Objects.requireNonNull(
              ends.client()
                  .versions(usual -> SftpVersions.only(version))
                  .connectSftp()
                  .block(WAIT));
      session.write(file, WriteMode.replace(), chunks(1)).block(WAIT);

      assertThatThrownBy(() -> session.write(file, WriteMode.replace(), chunks(96)).block(WAIT))
          .isInstanceOfSatisfying(
              FileFailure.class,
              failure ->
                  assertThat(failure.error())
                      .isEqualTo(
                          version.atLeast(SftpVersion.V5)
                              ? FileError.NO_SPACE
                              : FileError.IO_ERROR));

      assertThat(root.toFile().list()).containsExactly("file");
      assertThat(root.resolve("file").toFile()).hasSize(CHUNK);
      session.write(file, WriteMode.replace(), chunks(2)).block(WAIT);
      assertThat(root.resolve("file").toFile()).hasSize(2 * CHUNK);
      session.close().block(WAIT);
    }
  }

  private static Flux<ByteBuf> chunks(int count) {
    return Flux.range(0, count).map(any -> ByteBufAllocator.DEFAULT.buffer(CHUNK).writeZero(CHUNK));
  }
}
