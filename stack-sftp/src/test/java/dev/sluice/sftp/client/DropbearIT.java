package dev.sluice.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.sftp.SftpSession;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.peer.OtherServer;
import dev.sluice.ssh.peer.PeerAccount;
import dev.sluice.ssh.peer.Scratch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** The client through Dropbear, whose windows are small, to the SFTP server of OpenSSH. */
final class DropbearIT {
  private static final Duration WAIT = Duration.ofMinutes(1);

  @Test
  void filesGoThereAndBack() throws IOException {
    try (OtherServer server = OtherServer.dropbear();
        Scratch scratch = Scratch.create("dropbear-files")) {
      Files.setPosixFilePermissions(scratch.base(), PosixFilePermissions.fromString("rwxrwxrwx"));
      RemotePath directory = RemotePath.of(scratch.base().toString());
      byte[] content = DownloadTest.octets(10_000_000);
      SftpSession session =
          SftpClient.create("127.0.0.1")
              .port(server.port())
              .user(PeerAccount.NAME)
              .credential(Credential.password(PeerAccount.PASSWORD))
              .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone())
              .connectSftp()
              .block(WAIT);

      session
          .write(
              directory.child("file"),
              WriteMode.replace(),
              Flux.range(0, 100).map(i -> Unpooled.copiedBuffer(content, i * 100_000, 100_000)))
          .block(WAIT);
      ByteBuf back =
          session
              .read(directory.child("file"), ByteRange.all())
              .collect(
                  Unpooled::buffer,
                  (all, buffer) -> {
                    all.writeBytes(buffer);
                    buffer.release();
                  })
              .block(WAIT);

      assertThat(Arrays.equals(Files.readAllBytes(scratch.file("file")), content)).isTrue();
      assertThat(back.equals(Unpooled.wrappedBuffer(content))).isTrue();
      assertThat(session.list(directory).map(FileEntry::name).collectList().block(WAIT))
          .containsExactly("file");
      session.deleteFile(directory.child("file")).block(WAIT);
      session.close().block(WAIT);
    }
  }
}
