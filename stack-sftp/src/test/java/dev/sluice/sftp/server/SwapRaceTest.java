package dev.sluice.sftp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.message.DraftExtension.CopyFile;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.HandleRequest.Close;
import dev.sluice.sftp.message.HandleRequest.Read;
import dev.sluice.sftp.message.HandleRequest.Readdir;
import dev.sluice.sftp.message.HandleRequest.Write;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.OpenSshExtension.Hardlink;
import dev.sluice.sftp.message.PathRequest.Mkdir;
import dev.sluice.sftp.message.PathRequest.Open;
import dev.sluice.sftp.message.PathRequest.Plain;
import dev.sluice.sftp.message.PathRequest.Rename;
import dev.sluice.sftp.message.PathRequest.Setstat;
import dev.sluice.sftp.message.PathRequest.Stat;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory and a link out change places while a client walks through them. */
final class SwapRaceTest {
  private static final int REACHED = 300;
  private static final String INSIDE = "inside";
  private static final String OUTSIDE = "secret of another length";

  @TempDir Path base;
  private final AtomicBoolean swapping = new AtomicBoolean(true);
  private Path root;
  private Path outside;
  private int reached;

  @BeforeEach
  void layOut() throws IOException {
    root = Files.createDirectory(base.resolve("root"));
    outside = Files.createDirectory(base.resolve("outside"));
    Files.writeString(outside.resolve("file"), OUTSIDE);
    Files.createDirectory(root.resolve("way"));
    Files.writeString(root.resolve("way/file"), INSIDE);
    Files.createSymbolicLink(root.resolve("link"), outside);
  }

  @Test
  @Conforms("SFTP-076")
  void nothingOutsideIsReadToldOrChanged() throws Exception {
    Thread swaps = new Thread(this::swap);
    swaps.start();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    try (ServedClient client = ServedClient.of(LocalStorage.at(root))) {
      for (int round = 0; reached < REACHED; round++) {
        assertThat(System.nanoTime())
            .as("%s of %s came through", reached, REACHED)
            .isLessThan(deadline);
        read(client);
        look(client);
        change(client, round % 10);
      }
    } finally {
      swapping.set(false);
      swaps.join();
    }
    assertThat(outside.toFile().list()).containsExactly("file");
    assertThat(outside.resolve("file")).hasContent(OUTSIDE);
    assertThat(Files.getPosixFilePermissions(outside.resolve("file")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
  }

  private void read(ServedClient client) {
    SftpResponse opened =
        client.ask(new Open(1, "way/file", OpenHow.reading(), SftpAttributes.NONE));
    if (opened instanceof SftpResponse.Handle handle) {
      SftpResponse.Data data = (SftpResponse.Data) client.ask(new Read(2, handle.handle(), 0, 100));
      assertThat(data.data().toString(UTF_8)).isEqualTo(INSIDE);
      data.data().release();
      client.ask(new Close(3, handle.handle()));
      reached++;
    }
  }

  private static void look(ServedClient client) {
    if (client.ask(new Stat(4, "way/file", 0)) instanceof SftpResponse.Attrs told) {
      assertThat(told.attributes().size()).isEqualTo(INSIDE.length());
    }
    SftpResponse opened = client.ask(new Plain(Plain.Kind.OPENDIR, 5, "way"));
    if (opened instanceof SftpResponse.Handle handle) {
      if (client.ask(new Readdir(6, handle.handle())) instanceof SftpResponse.Name names) {
        assertThat(names.entries())
            .filteredOn(entry -> entry.name().equals("file"))
            .allMatch(entry -> entry.attributes().size() == INSIDE.length());
      }
      client.ask(new Close(7, handle.handle()));
    }
  }

  private static void change(ServedClient client, int number) {
    String name = "way/new" + number;
    SftpResponse opened =
        client.ask(
            new Open(8, name, OpenHow.writing(Disposition.CREATE_TRUNCATE), SftpAttributes.NONE));
    if (opened instanceof SftpResponse.Handle handle) {
      client.ask(new Write(9, handle.handle(), 0, Unpooled.copiedBuffer("x", UTF_8)));
      client.ask(new Close(10, handle.handle()));
    }
    client.ask(new Mkdir(11, "way/d", SftpAttributes.NONE));
    client.ask(new Plain(Plain.Kind.RMDIR, 12, "way/d"));
    client.ask(new Rename(13, name, "moved", 0));
    client.ask(new Rename(14, "moved", "way/moved", 0));
    client.ask(new Plain(Plain.Kind.REMOVE, 15, "way/moved"));
    client.ask(new Extended(16, new Hardlink("way/file", "way/hard")));
    client.ask(new Plain(Plain.Kind.REMOVE, 17, "way/hard"));
    client.ask(new Setstat(18, "way/file", SftpAttributes.NONE.withPermissions(0640)));
    client.ask(new Extended(19, new CopyFile("way/file", "way/copy", true)));
    client.ask(new Plain(Plain.Kind.REMOVE, 20, "way/copy"));
  }

  private void swap() {
    Path way = root.resolve("way");
    Path link = root.resolve("link");
    Path aside = root.resolve("aside");
    try {
      while (swapping.get()) {
        Files.move(way, aside, StandardCopyOption.ATOMIC_MOVE);
        Files.move(link, way, StandardCopyOption.ATOMIC_MOVE);
        Files.move(way, link, StandardCopyOption.ATOMIC_MOVE);
        Files.move(aside, way, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
