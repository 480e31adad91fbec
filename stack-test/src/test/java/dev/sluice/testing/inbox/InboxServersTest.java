package dev.sluice.testing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileClient;
import dev.sluice.api.FileError;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.Contents;
import dev.sluice.client.inbox.Claims;
import dev.sluice.client.inbox.Done;
import dev.sluice.client.inbox.Inbox;
import dev.sluice.client.inbox.InboxEvent;
import dev.sluice.client.inbox.InboxEvent.AttemptFailed;
import dev.sluice.client.inbox.InboxEvent.Finished;
import dev.sluice.client.inbox.InboxEvent.PollFailed;
import dev.sluice.client.inbox.InboxEvent.Step;
import dev.sluice.client.inbox.InboxFile;
import dev.sluice.client.inbox.Order;
import dev.sluice.client.inbox.Outbox;
import dev.sluice.client.pool.PoolOptions;
import dev.sluice.client.pool.PooledFiles;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.ssh.Credential;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.testing.StorageVerb;
import dev.sluice.testing.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Inboxes and outboxes over FTP, FTPS and SFTP. */
final class InboxServersTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final RemotePath IN = RemotePath.of("/in");
  private static final String LARGE = "0123456789abcdef".repeat(20_000);

  @RegisterExtension static final TestServers servers = TestServers.create();

  private final Map<String, AtomicInteger> handled = new ConcurrentHashMap<>();
  private final Map<String, String> texts = new ConcurrentHashMap<>();
  private final List<FileOperations> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(each -> each.close().block(LIMIT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ftpes", "sftp"})
  void filesArriveAndAreMoved(String scheme) {
    List<String> names = List.of("a.csv", "two words.csv", "ü.csv", "-x", "%2F");
    names.forEach(name -> servers.files().write("/in/" + name, "1" + name));

    run(inbox(scheme).done(Done.moveTo(RemotePath.of("/done"))), names.size());

    names.forEach(name -> assertThat(texts).containsEntry(name, "1" + name));
    assertThat(servers.files().list("/in")).isEmpty();
    assertThat(servers.files().list("/done")).containsExactlyInAnyOrderElementsOf(names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void ofTwoConsumersOneGetsEachFile(String scheme) {
    int files = 100;
    for (int i = 0; i < files; i++) {
      servers.files().write("/in/" + i, "x");
    }
    Inbox inbox = inbox(scheme).stableFor(0).order(Order.NAME);
    AtomicInteger finished = new AtomicInteger();

    Flux.merge(
            inbox.run(this::handle),
            inbox(scheme)
                .stableFor(0)
                .order(Order.NAME)
                .claims(Claims.rename("b"))
                .run(this::handle))
        .filter(Finished.class::isInstance)
        .takeUntil(event -> finished.incrementAndGet() == files)
        .blockLast(LIMIT);

    assertThat(handled).hasSize(files).allSatisfy((name, count) -> assertThat(count).hasValue(1));
    assertThat(servers.files().list("/in")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void aFileWhoseConnectionIsCutIsReadAgainAndWhole(String scheme) {
    servers.files().write("/in/large", LARGE);
    servers.cutOnceAfter(LARGE.length() / 2);

    List<InboxEvent> events = run(inbox(scheme), 1);

    assertThat(texts).containsEntry("large", LARGE);
    assertThat(of(AttemptFailed.class, events))
        .hasSize(1)
        .allMatch(event -> event.step() == Step.HANDLER);
    assertThat(servers.files().list("/in")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void aListingThatFailsIsReportedAndTheNextPollGoesOn(String scheme) {
    servers.files().write("/in/a", "1");
    for (int call = 1; call <= 4; call++) { // FTP has more than one way to list
      servers.fail(StorageVerb.LIST, call, FileError.IO_ERROR);
    }

    List<InboxEvent> events = run(inbox(scheme), 1);

    assertThat(of(PollFailed.class, events)).isNotEmpty();
    assertThat(texts).containsEntry("a", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void aServerThatIsRestartedIsFoundAgain(String scheme) {
    MemoryStorage files = MemoryStorage.create();
    try (TestServers first = TestServers.create().storage(files);
        TestServers second = TestServers.create().storage(files)) {
      FileClient next = outside(second, scheme);
      AtomicReference<FileClient> server = new AtomicReference<>(outside(first, scheme));
      first.files().write("/in/a", "1");
      Mono<Void> restarted =
          Mono.<Void>fromRunnable(first::close)
              .then(Mono.<Void>fromRunnable(() -> second.files().write("/in/b", "2")))
              .subscribeOn(Schedulers.boundedElastic());
      AtomicInteger finished = new AtomicInteger();
      List<InboxEvent> events =
          settings(pooled(() -> Mono.defer(() -> server.get().connect())))
              .run(this::handle)
              .doOnNext(
                  event -> {
                    if (event instanceof Finished && finished.incrementAndGet() == 1) {
                      restarted.subscribe();
                    } else if (event instanceof PollFailed) {
                      server.set(next);
                    }
                  })
              .takeUntil(event -> finished.get() == 2)
              .collectList()
              .block(LIMIT);

      assertThat(of(PollFailed.class, events)).isNotEmpty();
      assertThat(texts).containsEntry("a", "1").containsEntry("b", "2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void aFullDiskAtTheMoveIsWaitedForWithoutAnotherHandler(String scheme) {
    servers.files().write("/in/a", "1");
    servers.fail(StorageVerb.RENAME, 2, FileError.NO_SPACE);

    List<InboxEvent> events = run(inbox(scheme).done(Done.moveTo(RemotePath.of("/done"))), 1);

    assertThat(of(AttemptFailed.class, events))
        .hasSize(1)
        .allMatch(event -> event.step() == Step.DONE);
    assertThat(handled.get("a")).hasValue(1);
    assertThat(servers.files().list("/done")).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ftpes", "sftp"})
  void anOutboxEmptiesItselfThoughItsConnectionIsCut(String scheme) {
    StorageSession local = MemoryStorage.create().open(Identity.of("us")).block(LIMIT);
    local
        .createDirectory(IN)
        .then(
            local.write(
                IN.child("large"), WriteMode.replace(), Contents.of(LARGE, StandardCharsets.UTF_8)))
        .block(LIMIT);
    servers.cutOnceAfter(LARGE.length() / 2);
    Outbox outbox =
        Outbox.of(local, IN, pooled(client(servers, scheme)), RemotePath.of("/sent"), "a")
            .from(InboxServersTest::fast)
            .verified();

    List<InboxEvent> events =
        outbox.run().takeUntil(Finished.class::isInstance).collectList().block(LIMIT);

    assertThat(of(AttemptFailed.class, events)).hasSize(1);
    assertThat(servers.files().list("/sent")).containsExactly("large");
    assertThat(servers.files().read("/sent/large"))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(LARGE);
    assertThat(local.list(IN).collectList().block(LIMIT)).isEmpty();
  }

  private List<InboxEvent> run(Inbox inbox, int files) {
    AtomicInteger finished = new AtomicInteger();
    return inbox
        .run(this::handle)
        .takeUntil(event -> event instanceof Finished && finished.incrementAndGet() == files)
        .collectList()
        .block(LIMIT);
  }

  private Mono<Void> handle(InboxFile file) {
    return Contents.text(file.contents(), StandardCharsets.UTF_8, 1 << 20)
        .doOnNext(
            text -> {
              texts.put(file.name(), text);
              handled.computeIfAbsent(file.name(), name -> new AtomicInteger()).incrementAndGet();
            })
        .then();
  }

  private Inbox inbox(String scheme) {
    servers.files().createDirectory("/in");
    return settings(pooled(client(servers, scheme)));
  }

  private static Inbox settings(FileOperations files) {
    return fast(Inbox.of(files, IN, "a"));
  }

  private static Inbox fast(Inbox inbox) {
    return inbox.every(Duration.ofMillis(10)).attempts(it -> it.withFirst(Duration.ofMillis(10)));
  }

  private FileOperations pooled(FileClient client) {
    FileOperations files = PooledFiles.of(client, PoolOptions.most(5));
    opened.add(files);
    return files;
  }

  private static FileClient client(TestServers servers, String scheme) {
    return switch (scheme) {
      case "ftp" -> servers.ftp().client();
      case "ftpes" -> servers.ftps().client();
      default -> servers.sftp().client();
    };
  }

  /** A client whose threads do not end with the servers. */
  private static FileClient outside(TestServers servers, String scheme) {
    if (scheme.equals("ftp")) {
      return FtpClient.create("127.0.0.1").port(servers.ftp().port()).credentials("ann", "secret");
    }
    return SftpClient.create("127.0.0.1")
        .port(servers.sftp().port())
        .user("ann")
        .credential(Credential.password("secret"))
        .hostKeys(servers.sftp().client().settings().ssh().settings().hostKeys());
  }

  private static <T extends InboxEvent> List<T> of(Class<T> type, List<InboxEvent> events) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
