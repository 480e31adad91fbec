package dev.sluice.storage.decorate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WalkOptions;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.gateway.LoopbackSessions;
import dev.sluice.storage.gateway.SessionStorage;
import dev.sluice.storage.memory.MemoryStorage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A tree in memory with one of another server at /far/away, and one that may be out of reach. */
final class MountedStorageTest {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Identity USER = Identity.of("ann");

  private final Storage far = MemoryStorage.create();
  private final AtomicBoolean reachable = new AtomicBoolean();
  private final StorageSession session =
      Objects.requireNonNull(
          MountedStorage.of(MemoryStorage.create())
              .mount(
                  path("/far/away"),
                  SessionStorage.of(() -> far.open(USER).map(LoopbackSessions::around)))
              .mount(path("/lost"), this::lost)
              .open(USER)
              .block(WAIT));

  @AfterEach
  void close() {
    session.close().block(WAIT);
  }

  @Test
  void mountPointsAndTheDirectoriesAboveThemAreListed() {
    put("/here", "x");
    put("/far/away/there", "x");

    assertThat(names("/")).containsExactlyInAnyOrder("here", "far", "lost");
    assertThat(names("/far")).containsExactly("away");
    assertThat(names("/far/away")).containsExactly("there");
    assertThat(session.stat(path("/far")).block(WAIT).attributes().isDirectory()).isTrue();
  }

  @Test
  void whatIsMountedIsWalkedAsOneTree() {
    reachable.set(true);
    put("/far/away/there", "x");

    assertThat(
            session
                .walk(RemotePath.root(), WalkOptions.ALL)
                .map(entry -> entry.path().toString())
                .collectList()
                .block(WAIT))
        .containsExactlyInAnyOrder("/far", "/far/away", "/far/away/there", "/lost");
  }

  @Test
  void aMountHidesWhatIsBelowIt() {
    StorageSession around = MemoryStorage.create().open(USER).block(WAIT);
    around.createDirectories(path("/point")).block(WAIT);
    around.write(path("/point/hidden"), WriteMode.replace(), text("x")).block(WAIT);
    StorageSession mounted =
        MountedStorage.of(user -> Mono.just(around))
            .mount(path("/point"), far)
            .open(USER)
            .block(WAIT);

    assertThat(mounted.list(path("/point")).collectList().block(WAIT)).isEmpty();
    assertThat(mounted.list(RemotePath.root()).map(FileEntry::name).collectList().block(WAIT))
        .containsExactly("point");
  }

  @Test
  void aRenameFromOneMountToAnotherIsRefusedAsBetweenTwoDisks() {
    put("/here", "x");

    assertThatThrownBy(() -> session.rename(path("/here"), path("/far/away/there")).block(WAIT))
        .isInstanceOfSatisfying(
            FileFailure.class,
            refusal -> {
              assertThat(refusal.error()).isEqualTo(FileError.UNSUPPORTED);
              assertThat(refusal.path()).contains(path("/here"));
              assertThat(refusal).hasMessageContaining("copy it instead");
            });
    assertThat(content("/here")).isEqualTo("x");
  }

  @Test
  void aCopyFromOneMountToAnotherPassesThrough() {
    put("/here", "content");

    session.copy(path("/here"), path("/far/away/there")).block(WAIT);

    assertThat(content("/far/away/there")).isEqualTo("content");
  }

  @Test
  void aMountIsNeitherMovedNorRemoved() {
    for (String fixed : List.of("/far/away", "/far", "/lost")) {
      assertThatThrownBy(() -> session.deleteDirectory(path(fixed)).block(WAIT))
          .isInstanceOf(FileFailure.class)
          .hasMessageContaining("mounted");
      assertThatThrownBy(() -> session.rename(path(fixed), path("/free")).block(WAIT))
          .isInstanceOf(FileFailure.class);
    }
  }

  @Test
  void aMountThatIsOutOfReachLeavesTheRestAlone() {
    put("/here", "x");

    assertThat(names("/")).contains("lost");
    assertThatThrownBy(() -> names("/lost")).isInstanceOf(ConnectFailed.class);
    assertThat(content("/here")).isEqualTo("x");

    reachable.set(true);
    assertThat(names("/lost")).isEmpty();
  }

  @Test
  void aFailureNamesThePathOfTheWholeTree() {
    assertThatThrownBy(() -> content("/far/away/missing"))
        .isInstanceOfSatisfying(
            FileFailure.class,
            refusal -> assertThat(refusal.path()).contains(path("/far/away/missing")));
  }

  private Mono<StorageSession> lost(Identity user) {
    return reachable.get()
        ? MemoryStorage.create().open(user)
        : Mono.error(new ConnectFailed("nobody there", null));
  }

  private static RemotePath path(String text) {
    return RemotePath.of(text);
  }

  private void put(String path, String content) {
    session.write(path(path), WriteMode.replace(), text(content)).block(WAIT);
  }

  private static Mono<ByteBuf> text(String content) {
    return Mono.fromSupplier(() -> Unpooled.copiedBuffer(content, StandardCharsets.UTF_8));
  }

  private String content(String path) {
    return session
        .read(path(path), ByteRange.all())
        .map(
            octets -> {
              String text = octets.toString(StandardCharsets.UTF_8);
              octets.release();
              return text;
            })
        .reduce("", String::concat)
        .block(WAIT);
  }

  private List<String> names(String directory) {
    return session.list(path(directory)).map(FileEntry::name).collectList().block(WAIT);
  }
}
