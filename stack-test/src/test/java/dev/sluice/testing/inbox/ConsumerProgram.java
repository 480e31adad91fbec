package dev.sluice.testing.inbox;

import dev.sluice.api.RemotePath;
import dev.sluice.client.Contents;
import dev.sluice.client.inbox.Claims;
import dev.sluice.client.inbox.Done;
import dev.sluice.client.inbox.FileClaimStore;
import dev.sluice.client.inbox.Inbox;
import dev.sluice.client.inbox.InboxEvent;
import dev.sluice.client.inbox.InboxFile;
import dev.sluice.client.pool.PoolOptions;
import dev.sluice.client.pool.PooledFiles;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Takes files from a server into a directory of this machine: each is on the disk under its name
 * before its handler completes.
 */
final class ConsumerProgram {
  static final Duration EVERY = Duration.ofMillis(50);
  static final int STABLE = 6;
  static final int UNDER_WAY = 5;
  private static final int LARGEST = 1 << 20;

  private final Path sink;
  private final Path log;
  private final AtomicBoolean polled = new AtomicBoolean();

  private ConsumerProgram(Path sink, Path log) {
    this.sink = sink;
    this.log = log;
  }

  /**
   * Port, fingerprint, directory for whole files, a file with a line for each delivery, and, if
   * files are to stay, a store of claims.
   */
  public static void main(String[] arguments) {
    SftpClient client =
        SftpClient.create("127.0.0.1")
            .port(Integer.parseInt(arguments[0]))
            .user("ann")
            .credential(Credential.password("secret"))
            .hostKeys(HostKeyPolicy.pinned(arguments[1]));
    ConsumerProgram program = new ConsumerProgram(Path.of(arguments[2]), Path.of(arguments[3]));
    Inbox inbox =
        Inbox.of(PooledFiles.of(client, PoolOptions.most(6)), RemotePath.of("/in"), "killed");
    if (arguments.length > 4) {
      FileClaimStore store = FileClaimStore.open(Path.of(arguments[4])).block();
      inbox = inbox.claims(Claims.stored(store, "killed")).done(Done.leave());
    }
    inbox
        .every(EVERY)
        .stableFor(STABLE)
        .parallel(UNDER_WAY)
        .run(program::handle)
        .doOnNext(program::print)
        .blockLast();
  }

  /** A line of output after the first poll; what happens otherwise goes to standard error. */
  private void print(InboxEvent event) {
    if (!(event instanceof InboxEvent.Polled)) {
      System.err.println(event);
    } else if (polled.compareAndSet(false, true)) {
      System.out.println("polled");
    }
  }

  private Mono<Void> handle(InboxFile file) {
    return Contents.bytes(file.contents(), LARGEST)
        .publishOn(Schedulers.boundedElastic())
        .doOnNext(octets -> store(file, octets))
        .then();
  }

  private void store(InboxFile file, byte[] octets) {
    try {
      line((file.again() ? "again " : "first ") + hex(file.name()));
      Path part = Files.createTempFile(sink.resolveSibling("parts"), "part", null);
      try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
        out.write(ByteBuffer.wrap(octets));
        out.force(true);
      }
      Files.move(part, sink.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(String text) throws IOException {
    Files.writeString(log, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String hex(String name) {
    return HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
  }
}
