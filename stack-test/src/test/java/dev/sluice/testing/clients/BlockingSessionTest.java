package dev.sluice.testing.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WalkOptions;
import dev.sluice.api.WriteMode;
import dev.sluice.client.blocking.BlockingClient;
import dev.sluice.client.blocking.BlockingOptions;
import dev.sluice.client.blocking.BlockingSession;
import dev.sluice.client.blocking.RemoteOutput;
import dev.sluice.test.OwnThread;
import dev.sluice.testing.TestServers;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Sessions for threads that wait, with servers that run. */
final class BlockingSessionTest {
  private static final RemotePath FILE = RemotePath.of("/file");

  @RegisterExtension static final TestServers servers = TestServers.create().user("ann", "secret");

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ftpes", "sftp"})
  void streamsReadAndWriteFilesThatAreLargerThanWhatIsReadAhead(String scheme) throws Exception {
    byte[] content = octets(3_000_001);
    try (BlockingSession session = Targets.client(servers, scheme).blocking().connect()) {
      try (RemoteOutput out = session.newOutputStream(FILE)) {
        out.write(content, 0, 1_000_000);
        out.write(content, 1_000_000, 2_000_001);
      }
      assertThat(servers.files().read("/file")).isEqualTo(content);
      try (InputStream in = session.newInputStream(FILE)) {
        assertThat(in.readAllBytes()).isEqualTo(content);
      }
      assertThat(session.readAllBytes(FILE, content.length)).isEqualTo(content);
      assertThatThrownBy(() -> session.readAllBytes(FILE, 1000))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("more than 1000 octets");
      assertThat(session.stat(FILE).size()).isEqualTo(content.length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void verbsWorkAndDiskFilesComeAndGo(String scheme, @TempDir Path directory) throws Exception {
    try (BlockingSession session = Targets.client(servers, scheme).blocking().connect()) {
      session.createDirectories(RemotePath.of("/a/b"));
      session.write(RemotePath.of("/a/b/x"), WriteMode.replace(), bytes("hello"));
      session.rename(RemotePath.of("/a/b/x"), RemotePath.of("/a/y"));
      session.download(RemotePath.of("/a/y"), directory.resolve("y"));
      session.upload(directory.resolve("y"), RemotePath.of("/a/z"));

      assertThat(directory.resolve("y")).hasContent("hello");
      assertThat(session.list(RemotePath.of("/a")).stream().map(FileEntry::name))
          .containsExactlyInAnyOrder("b", "y", "z");
      try (Stream<FileEntry> all = session.walk(RemotePath.root(), WalkOptions.ALL)) {
        assertThat(all.filter(e -> e.attributes().isFile()).map(e -> read(session, e.path())))
            .containsExactly("hello", "hello");
      }
      session.deleteFile(RemotePath.of("/a/y"));
      session.deleteDirectory(RemotePath.of("/a/b"));
      assertThat(session.exists(RemotePath.of("/a/b"))).isFalse();
    }
    assertThat(servers.files().list("/a")).containsExactly("z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void refusalsAreThoseOfJavaNioFile(String scheme) throws Exception {
    servers.files().write("/full/x", "");
    try (BlockingSession session = Targets.client(servers, scheme).blocking().connect()) {
      assertThatThrownBy(() -> session.stat(RemotePath.of("/none")))
          .isInstanceOfSatisfying(
              NoSuchFileException.class, e -> assertThat(e.getFile()).isEqualTo("/none"))
          .hasCauseInstanceOf(FileFailure.class);
      assertThatThrownBy(() -> session.newInputStream(RemotePath.of("/none")).read())
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> session.deleteDirectory(RemotePath.of("/full")))
          .isInstanceOfAny(DirectoryNotEmptyException.class, IOException.class)
          .hasCauseInstanceOf(FileFailure.class);
      assertThatThrownBy(
              () -> session.write(RemotePath.of("/none/x"), WriteMode.replace(), bytes("hello")))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void aWriteThatItsOwnerGivesUpLeavesNoFile(String scheme) throws Exception {
    try (BlockingSession session = Targets.client(servers, scheme).blocking().connect()) {
      assertThatThrownBy(
              () ->
                  session.write(
                      FILE,
                      WriteMode.replace(),
                      out -> {
                        out.write(octets(500_000));
                        throw new IOException("the source is gone");
                      }))
          .hasMessage("the source is gone");
    }
    assertThat(servers.files().exists("/file")).isFalse();
  }

  @Test
  void aWriteThatFailsIsReportedAndNotCommitted() throws Exception {
    servers.diskFullAfter(100_000);
    try (BlockingSession session = Targets.client(servers, "sftp").blocking().connect()) {
      assertThatThrownBy(() -> session.write(FILE, WriteMode.replace(), octets(2_000_000)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no space left");
    }
    assertThat(servers.files().exists("/file")).isFalse();
  }

  @Test
  void aThreadThatMustNotWaitIsRefusedAtOnce() {
    BlockingClient client = Targets.client(servers, "sftp").blocking();
    Mono<Boolean> onLoop =
        Mono.fromCallable(() -> client.connect() != null).subscribeOn(Schedulers.parallel());

    assertThatThrownBy(() -> onLoop.block(Duration.ofSeconds(30)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("must not wait");
  }

  @Test
  void aServerThatSaysNothingEndsInATimeOut() {
    servers.sftp();
    servers.latency(Duration.ofMinutes(1));
    BlockingOptions hasty = BlockingOptions.DEFAULT.withConnect(Duration.ofMillis(200));

    assertThatThrownBy(() -> Targets.client(servers, "sftp").blocking(hasty).connect())
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessageContaining("a session");
  }

  @Test
  void anInterruptEndsAReadAndIsKept() throws Exception {
    servers.files().write("/file", octets(5_000_000));
    CountDownLatch reads = new CountDownLatch(1);
    CompletableFuture<Thread> reader = new CompletableFuture<>();
    try (BlockingSession session = Targets.client(servers, "sftp").blocking().connect()) {
      servers.octetsPerSecond(1000);
      CompletableFuture<Throwable> ended =
          CompletableFuture.supplyAsync(
              () -> {
                reader.complete(Thread.currentThread());
                try (InputStream in = session.newInputStream(FILE)) {
                  reads.countDown();
                  in.readAllBytes();
                  return new IllegalStateException("read all");
                } catch (IOException e) {
                  return Thread.interrupted() ? e : new IllegalStateException("not kept", e);
                }
              },
              new OwnThread("reader"));
      assertThat(reads.await(30, TimeUnit.SECONDS)).isTrue();
      reader.get(30, TimeUnit.SECONDS).interrupt();

      assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
      servers.reset();
      assertThat(session.stat(FILE).size()).isEqualTo(5_000_000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void aChannelReadsAnywhere(String scheme) throws Exception {
    byte[] content = octets(1_000_000);
    servers.files().write("/file", content);
    try (BlockingSession session = Targets.client(servers, scheme).blocking().connect();
        SeekableByteChannel channel = channel(session, StandardOpenOption.READ)) {
      assertThat(channel.size()).isEqualTo(content.length);
      for (long at : new long[] {0, 10, 999_990, 500_000, 500_200, 3}) {
        ByteBuffer ten = ByteBuffer.allocate(10);
        channel.position(at);
        while (ten.hasRemaining() && channel.read(ten) >= 0) {}
        assertThat(ten.array()).isEqualTo(Arrays.copyOfRange(content, (int) at, (int) at + 10));
      }
      channel.position(content.length);
      assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      channel.position(content.length + 100L);
      assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void aChannelWritesInRuns() throws Exception {
    try (BlockingSession session = Targets.client(servers, "sftp").blocking().connect()) {
      try (SeekableByteChannel channel =
          channel(
              session,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.READ)) {
        channel.write(ByteBuffer.wrap(bytes("0123456789")));
        channel.position(3).write(ByteBuffer.wrap(bytes("abc")));
        ByteBuffer all = ByteBuffer.allocate(10);
        channel.position(0);
        while (all.hasRemaining() && channel.read(all) >= 0) {}
        assertThat(all.array()).asString(StandardCharsets.UTF_8).isEqualTo("012abc6789");
        channel.truncate(5);
      }
      assertThat(servers.files().text("/file")).isEqualTo("012ab");
      try (SeekableByteChannel channel = channel(session, StandardOpenOption.APPEND)) {
        channel.write(ByteBuffer.wrap(bytes("++")));
      }
      assertThat(servers.files().text("/file")).isEqualTo("012ab++");
      assertThatThrownBy(
              () ->
                  channel(session, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close())
          .isInstanceOf(FileAlreadyExistsException.class);
    }
  }

  private static SeekableByteChannel channel(BlockingSession session, OpenOption... how)
      throws IOException {
    return session.newByteChannel(FILE, Set.of(how));
  }

  private static String read(BlockingSession session, RemotePath file) {
    try {
      return new String(session.readAllBytes(file, 1000), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] octets(int length) {
    byte[] octets = new byte[length];
    new Random(1).nextBytes(octets);
    return octets;
  }
}
