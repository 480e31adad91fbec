package dev.sluice.sftp.peer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpServerUploads;
import dev.sluice.ssh.peer.Run;
import dev.sluice.test.Conforms;
import dev.sluice.test.SmallDisk;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server on a disk of 4 MiB, with the client of OpenSSH. */
final class FullDiskIT {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Conforms("SFTP-084")
  void sftpIsToldThatTheDiskIsFullAndGoesOn(boolean atomic) throws IOException {
    Peers.require("sftp");
    try (Served served =
            Served.start(options -> options.uploads(u -> new SftpServerUploads(atomic, 022)));
        SmallDisk disk = mounted(served.root())) {
      Path big = served.random("big", 6 << 20);
      Path small = served.random("small", 10_000);
      assertThat(disk).isNotNull();

      Run run = served.sftp("-put " + big + " big", "ls -1", "-rm big", "put " + small + " small");

      run.requireSuccess();
      assertThat(run.stderr()).contains("write remote").contains("Failure");
      assertThat(run.stdout().lines().anyMatch("big"::equals)).isEqualTo(!atomic);
      assertThat(served.root().toFile().list()).containsExactly("small");
      assertThat(served.root().resolve("small")).hasSameBinaryContentAs(small);
    }
  }

  private static SmallDisk mounted(Path root) {
    return Peers.require(SmallDisk.mount(root, 4), "tmpfs: only root may mount one");
  }
}
