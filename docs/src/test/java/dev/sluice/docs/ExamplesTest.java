package dev.sluice.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.BoundServer;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.Storage;
import dev.sluice.client.Contents;
import dev.sluice.docs.examples.ClientExample;
import dev.sluice.docs.examples.HowTo;
import dev.sluice.docs.examples.ServerExample;
import dev.sluice.docs.examples.SftpExample;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.storage.decorate.AuditRecord;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.transport.door.StaticUsers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** The examples of the pages, run against each other. */
final class ExamplesTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path files;

  @Test
  void theClientOfTheReadmeUploadsListsAndReadsFromItsServer() {
    BoundServer server = ServerExample.serve(files, 0).block(LIMIT);
    try {
      assertThat(ClientExample.roundTrip(port(server)).collectList().block(LIMIT))
          .containsExactly("hello.txt", "hello");
      assertThat(files.resolve("hello.txt")).hasContent("hello");
    } finally {
      server.close().block(LIMIT);
    }
  }

  @Test
  void theClientOfSftpUploadsToTheServerWhoseKeyItKnows() {
    BoundServer server = SftpExample.serve(files, files.resolve("keys"), 0).block(LIMIT);
    try {
      String fingerprint = server.fingerprints().get(0);
      ByteBuf hello = Unpooled.copiedBuffer("hello", StandardCharsets.UTF_8);

      assertThat(
              SftpExample.upload(port(server), fingerprint, Mono.just(hello))
                  .collectList()
                  .block(LIMIT))
          .containsExactlyInAnyOrder("hello.txt", "keys");
      assertThat(files.resolve("hello.txt")).hasContent("hello");
    } finally {
      server.close().block(LIMIT);
    }
  }

  @Test
  void eachUserGetsTheStorageChosen() {
    Storage storage =
        HowTo.chosenByUser(Map.of("ann", LocalStorage.at(files)), MemoryStorage.create());
    BoundServer server = bound(server().storage(storage));
    try {
      ClientExample.roundTrip(port(server)).blockLast(LIMIT);

      assertThat(files.resolve("hello.txt")).exists();
      FtpClient bob = client(port(server)).credentials("bob", "secret");
      FtpSession session = bob.connectFtp().block(LIMIT);
      assertThat(session.list(RemotePath.root()).collectList().block(LIMIT)).isEmpty();
      session.close().block(LIMIT);
    } finally {
      server.close().block(LIMIT);
    }
  }

  @Test
  void theRegistryCountsWhatHappens() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    FtpServer served = server().storage(MemoryStorage.create());
    BoundServer server = bound(HowTo.measured(served, registry, ObservationRegistry.create()));
    try {
      ClientExample.roundTrip(port(server)).blockLast(LIMIT);

      assertThat(registry.get("sluice.logins").counter().count()).isEqualTo(1);
      assertThat(registry.get("sluice.transfer.octets").tag("direction", "received").counter())
          .satisfies(octets -> assertThat(octets.count()).isEqualTo(5));
    } finally {
      server.close().block(LIMIT);
    }
  }

  @Test
  void theGatewayServesTheFilesOfTheOtherServer() {
    BoundServer behind = ServerExample.serve(files, 0).block(LIMIT);
    FtpClient other = client(port(behind));
    BoundServer gateway =
        bound(
            HowTo.gateway(other).host("127.0.0.1").port(0).users(StaticUsers.of("ann", "secret")));
    try {
      assertThat(ClientExample.roundTrip(port(gateway)).collectList().block(LIMIT))
          .containsExactly("hello.txt", "hello");
      assertThat(files.resolve("hello.txt")).hasContent("hello");
    } finally {
      gateway.close().block(LIMIT);
      behind.close().block(LIMIT);
    }
  }

  @Test
  void afterATimeoutTheSessionIsUsable() throws IOException {
    try (RandomAccessFile big = new RandomAccessFile(files.resolve("big").toFile(), "rw")) {
      big.setLength(64L << 30); // sparse, and more than can pass in that time
    }
    BoundServer server = ServerExample.serve(files, 0).block(LIMIT);
    FtpSession session = client(port(server)).connectFtp().block(LIMIT);
    try {
      Long octets =
          HowTo.octetsWithin(session, RemotePath.of("/big"), Duration.ofMillis(300)).block(LIMIT);

      assertThat(octets).isLessThan(64L << 30);
      assertThat(session.stat(RemotePath.of("/big")).block(LIMIT).size()).isEqualTo(64L << 30);
    } finally {
      session.close().block(LIMIT);
      server.close().block(LIMIT);
      Files.delete(files.resolve("big"));
    }
  }

  @Test
  void thePartnersFilesAreInOneTreeWithOursAndEachUseIsRecorded() {
    BoundServer partner = bound(server().storage(LocalStorage.at(files)));
    List<AuditRecord> log = new CopyOnWriteArrayList<>();
    BoundServer ours =
        bound(
            server()
                .storage(HowTo.shared(MemoryStorage.create(), client(port(partner)), log::add)));
    FileSession session = client(port(ours)).connect().block(LIMIT);
    try {
      session
          .write(RemotePath.of("/partner/x"), WriteMode.inPlace(), Contents.of("hi", UTF_8))
          .block(LIMIT);

      assertThat(files.resolve("x")).hasContent("hi");
      assertThat(log)
          .filteredOn(entry -> entry.verb().equals("write"))
          .singleElement()
          .satisfies(entry -> assertThat(entry.octets()).isEqualTo(2));
    } finally {
      session.close().block(LIMIT);
      ours.close().block(LIMIT);
      partner.close().block(LIMIT);
    }
  }

  private static FtpServer server() {
    return FtpServer.create()
        .host("127.0.0.1")
        .port(0)
        .users(StaticUsers.of("ann", "secret").with("bob", "secret"));
  }

  private static BoundServer bound(FtpServer server) {
    return server.bind().block(LIMIT);
  }

  private static FtpClient client(int port) {
    return FtpClient.create("127.0.0.1").port(port).credentials("ann", "secret");
  }

  private static int port(BoundServer server) {
    return server.address().getPort();
  }
}
