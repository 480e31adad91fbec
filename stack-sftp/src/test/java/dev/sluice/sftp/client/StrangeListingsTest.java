package dev.sluice.sftp.client;

import static dev.sluice.sftp.client.ScriptedServer.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.transfer.Mirror;
import dev.sluice.client.transfer.TransferEvent;
import dev.sluice.client.transfer.Transfers;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.message.FileType;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.PathRequest.Plain;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.SftpResponse.Name.Entry;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Sinks;

/** Trees of servers that list what no honest one does, on their way to a disk. */
@Conforms("SFTP-071")
final class StrangeListingsTest {
  private static final RemotePath ROOT = RemotePath.root();

  @TempDir private Path base;
  private Path inside;
  private StorageSession disk;

  @BeforeEach
  void makeRoom() throws IOException {
    inside = Files.createDirectories(base.resolve("inside"));
    disk = LocalStorage.at(inside).open(Identity.of("ann")).block(WAIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "/outside", "a/b", "", "nul\0"})
  void aNameThatLeadsElsewhereIsRefused(String name) throws IOException {
    SftpSession session = listing(Map.of("/", List.of(file(name)))).session();

    assertThatThrownBy(() -> mirror(session))
        .satisfies(
            e ->
                assertThat(Stream.of(e, e.getCause()).filter(FileFailure.class::isInstance))
                    .anyMatch(it -> ((FileFailure) it).error() == FileError.INVALID_NAME));

    try (Stream<Path> made = Files.walk(base)) {
      assertThat(made).containsExactlyInAnyOrder(base, inside);
    }
  }

  @Test
  void theDirectoryAndItsParentAreNotEntries() {
    SftpSession session =
        listing(Map.of("/", List.of(directory("."), directory(".."), file("honest")))).session();

    assertThat(session.list(ROOT).map(FileEntry::name).collectList().block(WAIT))
        .containsExactly("honest");
  }

  @Test
  void whoAsksForNoMoreHearsThatTheSessionHasEnded() {
    ScriptedServer server =
        new ScriptedServer(
            (request, far) ->
                far.send(
                    request instanceof HandleRequest.Readdir
                        ? new SftpResponse.Name(request.id(), List.of(file("again")), false)
                        : new SftpResponse.Handle(request.id(), SftpHandle.of(1))));
    Sinks.One<Throwable> told = Sinks.one();
    Sinks.Empty<Void> begun = Sinks.empty();
    server
        .session()
        .list(ROOT)
        .subscribe(
            new BaseSubscriber<FileEntry>() {
              @Override
              protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
              }

              @Override
              protected void hookOnNext(FileEntry entry) {
                begun.tryEmitEmpty().orThrow();
              }

              @Override
              protected void hookOnError(Throwable failure) {
                told.tryEmitValue(failure).orThrow();
              }
            });
    begun.asMono().block(WAIT);

    server.close().block(WAIT);

    assertThat(told.asMono().block(WAIT)).isInstanceOf(SessionClosed.class);
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Entry link =
        new Entry("link", "", SftpAttributes.NONE.withType(FileType.SYMLINK).withPermissions(0777));
    ScriptedServer server = listing(Map.of("/", List.of(link)));

    assertThat(mirror(server.session()))
        .first()
        .isEqualTo(new TransferEvent.LeftOut(ROOT.child("link"), TransferEvent.Why.LINK));
    assertThat(server.count(PathRequest.Open.class)).isZero();
    try (Stream<Path> made = Files.list(inside)) {
      assertThat(made).isEmpty();
    }
  }

  @Test
  void aTreeWithoutAnEndIsLeft() {
    ScriptedServer server = new ScriptedServer(new Tree(path -> List.of(directory("d"))));

    assertThatThrownBy(() -> mirror(server.session()))
        .satisfies(
            e -> assertThat(Stream.of(e, e.getCause())).anyMatch(LimitExceeded.class::isInstance));
  }

  private List<TransferEvent> mirror(SftpSession session) {
    return Transfers.orFail(Transfers.mirror(session, ROOT, disk, ROOT, Mirror.oneWay()))
        .collectList()
        .block(WAIT);
  }

  private static ScriptedServer listing(Map<String, List<Entry>> directories) {
    return new ScriptedServer(new Tree(path -> directories.getOrDefault(path, List.of())));
  }

  private static Entry file(String name) {
    return new Entry(
        name, "", SftpAttributes.NONE.withType(FileType.REGULAR).withPermissions(0644));
  }

  private static Entry directory(String name) {
    return new Entry(
        name, "", SftpAttributes.NONE.withType(FileType.DIRECTORY).withPermissions(0755));
  }

  /** A script: directories that are listed. */
  private static final class Tree implements ScriptedServer.Script {
    private final Function<String, List<Entry>> entries;
    private final Map<SftpHandle, List<Entry>> open = new HashMap<>();
    private long handles;

    Tree(Function<String, List<Entry>> entries) {
      this.entries = entries;
    }

    @Override
    public void on(SftpRequest request, ScriptedServer server) {
      int id = request.id();
      if (request instanceof Plain plain && plain.kind() == Plain.Kind.OPENDIR) {
        SftpHandle handle = SftpHandle.of(++handles);
        open.put(handle, entries.apply(plain.path()));
        server.send(new SftpResponse.Handle(id, handle));
      } else if (request instanceof HandleRequest.Readdir readdir) {
        List<Entry> left = open.put(readdir.handle(), List.of());
        if (left == null || left.isEmpty()) {
          server.status(id, StatusCode.EOF);
        } else {
          server.send(new SftpResponse.Name(id, left, false));
        }
      } else {
        server.status(
            id, request instanceof HandleRequest.Close ? StatusCode.OK : StatusCode.FAILURE);
      }
    }
  }
}
