package dev.sluice.storage.local;

import static dev.sluice.storage.local.LocalFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Several want one name at once. */
final class RenameRaceTest {
  private static final int ROUNDS = 500;
  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  @TempDir Path root;

  @Test
  void oneGetsTheNameAndNoFileIsLost() {
    LocalFixture files = LocalFixture.at(root);
    for (int round = 0; round < ROUNDS; round++) {
      NAMES.forEach(name -> files.put("/" + name, name));

      Long moved =
          Flux.fromIterable(NAMES).flatMap(name -> toGoal(files, name)).count().block(PATIENCE);

      assertThat(moved).as("who got the name").isEqualTo(1);
      String winner = files.read("/goal");
      assertThat(root.resolve(winner)).doesNotExist();
      NAMES.stream()
          .filter(name -> !name.equals(winner))
          .forEach(name -> assertThat(files.read("/" + name)).isEqualTo(name));
      files.session().deleteFile(RemotePath.of("/goal")).block(PATIENCE);
    }
    files.session().close().block(PATIENCE);
  }

  /** The name of who got there; empty = another had it. */
  private static Mono<String> toGoal(LocalFixture files, String name) {
    return files
        .session()
        .renameToFree(RemotePath.of("/" + name), RemotePath.of("/goal"))
        .thenReturn(name)
        .onErrorResume(
            FileFailure.class,
            refused -> {
              assertThat(refused.error()).isEqualTo(FileError.ALREADY_EXISTS);
              return Mono.empty();
            });
  }
}
