package dev.sluice.ftp.client;

import static dev.sluice.ftp.client.RealServers.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.client.transfer.Mirror;
import dev.sluice.client.transfer.TransferEvent;
import dev.sluice.client.transfer.Transfers;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.peer.PeerOptions;
import dev.sluice.ftp.peer.ServerPeer;
import dev.sluice.storage.local.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trees to and from vsftpd, which has no MLSD: LIST shows minutes of what is new and days of what
 * is old.
 */
final class VsftpdTreesIT {
  private static final RemotePath TREE = RemotePath.of("/tree");
  @TempDir private Path local;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private ServerPeer server;
  private FtpSession session;
  private FileOperations here;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.DAYS);
  private final Map<String, Instant> times =
      Map.of(
          "seconds", now.minus(Duration.ofHours(30)).plusSeconds(37 * 60 + 41),
          "quarter", now.minus(Duration.ofHours(30)).plusSeconds(15 * 60 + 59),
          "old", now.minus(Duration.ofDays(900)).plusSeconds(7 * 3600 + 22 * 60 + 3),
          "below/old", now.minus(Duration.ofDays(500)).plusSeconds(86_399),
          "below/midnight", now.minus(Duration.ofDays(400)));

  @BeforeEach
  void connect() {
    server = RealServers.start("vsftpd", PeerOptions.DEFAULT);
    session = RealServers.connect(RealServers.client(server).trace(lines::add));
    here =
        Objects.requireNonNull(LocalStorage.at(local).open(Identity.of("local")).block(PATIENCE));
  }

  @AfterEach
  void close() {
    if (server != null) { // a peer that is missing was reported before
      session.close().block(PATIENCE);
      server.close();
    }
  }

  @Test
  void aTreeThatWasSentIsNotSentAgain() throws IOException {
    make(local.resolve("tree"));

    assertThat(copy(here, session)).containsOnly(TransferEvent.FileDone.class);
    lines.clear();

    assertThat(copy(here, session)).hasSize(times.size()).containsOnly(TransferEvent.Same.class);
    assertThat(lines).noneMatch(line -> line.startsWith("> STOR"));
  }

  @Test
  void aTreeThatIsFetchedHasTheTimesOfItsSourceToTheSecond() throws IOException {
    make(server.root().resolve("tree"));

    assertThat(copy(session, here)).containsOnly(TransferEvent.FileDone.class);

    for (Map.Entry<String, Instant> file : times.entrySet()) {
      Path copy = local.resolve("tree").resolve(file.getKey());
      assertThat(copy).hasContent(file.getKey());
      assertThat(Files.getLastModifiedTime(copy).toInstant())
          .as(file.getKey())
          .isEqualTo(file.getValue());
    }
    lines.clear();
    assertThat(copy(session, here)).hasSize(times.size()).containsOnly(TransferEvent.Same.class);
    assertThat(lines).noneMatch(line -> line.startsWith("> RETR"));
  }

  private static List<Class<?>> copy(FileOperations from, FileOperations to) {
    return Objects.requireNonNull(
        Transfers.orFail(Transfers.mirror(from, TREE, to, TREE, Mirror.oneWay()))
            .filter(
                event ->
                    event instanceof TransferEvent.FileDone || event instanceof TransferEvent.Same)
            .<Class<?>>map(TransferEvent::getClass)
            .collectList()
            .block(PATIENCE));
  }

  private void make(Path tree) throws IOException {
    Files.createDirectories(tree.resolve("below"));
    for (Map.Entry<String, Instant> file : times.entrySet()) {
      Path path = Files.writeString(tree.resolve(file.getKey()), file.getKey());
      Files.setLastModifiedTime(path, FileTime.from(file.getValue()));
    }
  }
}
