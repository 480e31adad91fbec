package dev.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.RemotePath;
import dev.sluice.api.StorageUnavailable;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.RightsStorage;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.decorate.JailedStorage;
import dev.sluice.storage.decorate.QuotaStorage;
import dev.sluice.storage.decorate.ReadOnlyStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A tree whose disk goes while it is in use, and comes back. */
final class VanishedRootTest {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Identity ANN = Identity.of("ann");
  private static final RemotePath FILE = RemotePath.root().child("file");

  @TempDir private Path base;
  private Path root;
  private Path elsewhere;

  @BeforeEach
  void makeTree() throws IOException {
    root = Files.createDirectory(base.resolve("root"));
    elsewhere = base.resolve("elsewhere");
    Files.writeString(root.resolve("file"), "x");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isNeitherEmptyNorMissingButOutOfReachAndIsThereAgain(boolean descriptors)
      throws IOException {
    LocalStorage storage = LocalStorage.at(root);
    StorageSession session =
        (descriptors ? storage : storage.withoutDescriptors()).open(ANN).block(WAIT);
    assertThat(session.stat(FILE).block(WAIT).name()).isEqualTo("file");

    Files.move(root, elsewhere);
    List<Publisher<?>> all =
        List.of(
            session.stat(FILE),
            session.list(RemotePath.root()),
            session.read(FILE, ByteRange.all()),
            session.write(FILE, WriteMode.replace(), Flux.empty()),
            session.deleteFile(FILE));
    for (Publisher<?> each : all) {
      assertThatThrownBy(() -> Flux.from(each).blockLast(WAIT))
          .isInstanceOfSatisfying(
              StorageUnavailable.class,
              gone -> {
                assertThat(gone.getMessage()).doesNotContain(root.toString());
                assertThat(gone.why()).contains(root.toString());
              });
    }

    Files.move(elsewhere, root);
    assertThat(session.stat(FILE).block(WAIT).name()).isEqualTo("file");
    session.close().block(WAIT);
  }

  @Test
  void canBeToldWithoutAUserAlsoThroughDecorators() throws IOException {
    LocalStorage local = LocalStorage.at(root);
    List<Storage> all =
        List.of(
            local,
            local.fsync(true),
            LocalStorage.perUser(user -> elsewhere).checking(root),
            RightsStorage.of(local),
            ReadOnlyStorage.of(local),
            QuotaStorage.of(local, 1000),
            JailedStorage.of(local, RemotePath.root()));
    for (Storage each : all) {
      each.check().block(WAIT);
    }
    Files.move(root, elsewhere);
    for (Storage each : all) {
      assertThatThrownBy(() -> each.check().block(WAIT)).isInstanceOf(StorageUnavailable.class);
    }
    Files.createFile(root); // not a directory either
    assertThatThrownBy(() -> local.check().block(WAIT)).isInstanceOf(StorageUnavailable.class);

    Storage unknown = user -> Mono.empty();
    unknown.check().block(WAIT);
    LocalStorage.perUser(user -> elsewhere).check().block(WAIT);
  }
}
