package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.BoundServer;
import dev.sluice.api.FileClient;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.pool.SessionPool;
import dev.sluice.client.transfer.Progress;
import dev.sluice.docs.examples.DeadlineExample;
import dev.sluice.docs.examples.ExecExample;
import dev.sluice.docs.examples.PoolExample;
import dev.sluice.docs.examples.ServerExample;
import dev.sluice.docs.examples.SftpExample;
import dev.sluice.docs.examples.TransferExample;
import dev.sluice.docs.examples.TreeExample;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.storage.local.LocalStorage;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** The examples of commands, copies, pools and deadlines, run. */
final class TransferExamplesTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path here;
  @TempDir private Path there;
  @TempDir private Path keys;

  @Test
  void aCommandIsRunAndItsOutputRead() {
    SshKeyPair hostKey = SshKeyPair.of(Ed25519PrivateKey.generate(new SecureRandom()));
    BoundServer server = ExecExample.serve(hostKey).block(LIMIT);
    try {
      String fingerprint = hostKey.publicKey().fingerprint();

      assertThat(ExecExample.run(port(server), fingerprint, "hello").block(LIMIT))
          .isEqualTo("you said hello");
    } finally {
      server.close().block(LIMIT);
    }
  }

  @Test
  void filesGoFromAServerOfFtpToOneOfSftp() throws IOException {
    Files.createDirectories(here.resolve("letters/old"));
    Files.writeString(here.resolve("letters/one"), "1");
    Files.writeString(here.resolve("letters/old/two"), "22");
    BoundServer ftp = ServerExample.serve(here, 0).block(LIMIT);
    BoundServer sftp = SftpExample.serve(there, keys, 0).block(LIMIT);
    try {
      FileClient from = ftpClient(ftp);
      FileClient to = sftpClient(sftp);
      RemotePath one = RemotePath.of("/letters/one");
      TransferExample.mirror(from, to, RemotePath.of("/letters")).blockLast(LIMIT);

      assertThat(there.resolve("letters/old/two")).hasContent("22");
      assertThat(TransferExample.copy(from, to, one).blockLast(LIMIT).outcome())
          .isEqualTo(Progress.Outcome.COMPLETE);
      assertThat(TransferExample.isSame(from, to, one).block(LIMIT)).isTrue();
      Progress last = TransferExample.download(to, one, keys.resolve("one")).blockLast(LIMIT);
      assertThat(keys.resolve("one")).hasContent("1");
      assertThat(last.checksum()).isNotNull();
    } finally {
      sftp.close().block(LIMIT);
      ftp.close().block(LIMIT);
    }
  }

  @Test
  void tablesAreReadWhileTheirDirectoryIsWalked() throws IOException {
    Files.createDirectories(here.resolve("in/old"));
    Files.writeString(here.resolve("in/a.csv"), "1");
    Files.writeString(here.resolve("in/old/b.csv"), "2");
    Files.writeString(here.resolve("in/note.txt"), "3");
    BoundServer server = ServerExample.serve(here, 0).block(LIMIT);
    try {
      assertThat(
              PoolExample.tables(ftpClient(server), RemotePath.of("/in"))
                  .collectList()
                  .block(LIMIT))
          .containsExactlyInAnyOrder("1", "2");
    } finally {
      server.close().block(LIMIT);
    }
  }

  @Test
  void manyFilesAreAskedAboutThroughFewSessions() throws IOException {
    List<RemotePath> files =
        IntStream.range(0, 20).mapToObj(i -> RemotePath.of("/file" + i)).toList();
    for (RemotePath file : files) {
      Files.writeString(here.resolve(file.name()), file.name());
    }
    BoundServer server = ServerExample.serve(here, 0).block(LIMIT);
    SessionPool<FileSession> pool = PoolExample.of(ftpClient(server));
    try {
      assertThat(PoolExample.sizes(pool, files).collectList().block(LIMIT))
          .containsExactlyElementsOf(
              files.stream().map(file -> (long) file.name().length()).toList());
      assertThat(pool.size()).isBetween(1, 4);
    } finally {
      pool.close().block(LIMIT);
      server.close().block(LIMIT);
    }
  }

  @Test
  void textsAreWrittenAndFoundAgainInATree() {
    BoundServer server = ServerExample.serve(here, 0).block(LIMIT);
    FileSession session = ftpClient(server).connect().block(LIMIT);
    try {
      TreeExample.publish(session, RemotePath.of("/2026/may/a.csv"), "a;1").block(LIMIT);
      TreeExample.publish(session, RemotePath.of("/2026/may/b.txt"), "no table").block(LIMIT);
      TreeExample.publish(session, RemotePath.of("/2026/c.csv"), "c;3").block(LIMIT);

      assertThat(TreeExample.tables(session, RemotePath.root()).collectList().block(LIMIT))
          .containsExactlyInAnyOrder("a;1", "c;3");
    } finally {
      session.close().block(LIMIT);
      server.close().block(LIMIT);
    }
  }

  @Test
  void anUploadThatTakesTooLongLeavesNothing() {
    BoundServer server = ServerExample.serve(here, 0).block(LIMIT);
    FileSession session = ftpClient(server).connect().block(LIMIT);
    try {
      Flux<ByteBuf> neverEnding = Flux.never();

      assertThatThrownBy(
              () ->
                  DeadlineExample.within(
                          Duration.ofMillis(300), session, RemotePath.of("/late"), neverEnding)
                      .block(LIMIT))
          .hasCauseInstanceOf(TimeoutException.class);
      assertThat(session.list(RemotePath.root()).collectList().block(LIMIT)).isEmpty();
    } finally {
      session.close().block(LIMIT);
      server.close().block(LIMIT);
    }
  }

  @Test
  void aCopyThatIsCutGoesOnWhereItWas() throws IOException {
    Files.write(here.resolve("big"), new byte[20 << 20]);
    StorageSession from = LocalStorage.at(here).open(Identity.of("ann")).block(LIMIT);
    BoundServer server = ServerExample.serve(there, 0).block(LIMIT);
    FileSession to = ftpClient(server).connect().block(LIMIT);
    try {
      RemotePath big = RemotePath.of("/big");
      DeadlineExample.forAWhile(Duration.ofMillis(1), from, to, big).blockLast(LIMIT);
      DeadlineExample.forAWhile(LIMIT, from, to, big).blockLast(LIMIT);

      assertThat(there.resolve("big")).hasSameBinaryContentAs(here.resolve("big"));
    } finally {
      to.close().block(LIMIT);
      server.close().block(LIMIT);
      from.close().block(LIMIT);
    }
  }

  private static FtpClient ftpClient(BoundServer server) {
    return FtpClient.create("127.0.0.1").port(port(server)).credentials("ann", "secret");
  }

  private static SftpClient sftpClient(BoundServer server) {
    return SftpClient.create("127.0.0.1")
        .port(port(server))
        .user("ann")
        .credential(Credential.password("secret"))
        .hostKeys(HostKeyPolicy.pinned(server.fingerprints().get(0)));
  }

  private static int port(BoundServer server) {
    return server.address().getPort();
  }
}
