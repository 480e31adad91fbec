package dev.sluice.ssh;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modes of files that a login depends on. */
final class StrictModesTest {
  @TempDir private Path base;
  private Path directory;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    directory = Files.createDirectory(base.resolve("ssh"));
    file = Files.createFile(directory.resolve("file"));
    set(directory, "rwx------");
    set(file, "rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw----r-x"})
  void aPrivateKeyThatOthersCanUseIsRefusedWithTheWayOut(String mode) throws IOException {
    set(file, mode);

    assertThatThrownBy(() -> StrictModes.requirePrivate(file))
        .hasMessageContaining(mode)
        .hasMessageContaining("chmod 600 " + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
  void aPrivateKeyOfItsOwnerAloneIsTaken(String mode) throws IOException {
    set(file, mode);

    assertThatCode(() -> StrictModes.requirePrivate(file)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw--w----", "rw-----w-", "rw-rw-rw-"})
  void aFileThatOthersCanChangeIsRefusedWithTheWayOut(String mode) throws IOException {
    set(file, mode);

    assertThatThrownBy(() -> StrictModes.requireUnshared(file))
        .hasMessageContaining(mode)
        .hasMessageContaining("chmod go-w " + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx----w-"})
  void aFileThatOthersCanReplaceIsRefusedWithTheWayOut(String mode) throws IOException {
    set(directory, mode);

    assertThatThrownBy(() -> StrictModes.requireUnshared(file))
        .hasMessageContaining("chmod go-w " + directory);
  }

  @Test
  void aFileThatOthersCanOnlyReadIsTakenAlsoFromADirectoryLikeTmp() throws IOException {
    set(file, "rw-r--r--");
    assertThatCode(() -> StrictModes.requireUnshared(file)).doesNotThrowAnyException();

    Files.setAttribute(directory, "unix:mode", 01777);
    assertThatCode(() -> StrictModes.requireUnshared(file)).doesNotThrowAnyException();
  }

  private static void set(Path of, String mode) throws IOException {
    Files.setPosixFilePermissions(of, PosixFilePermissions.fromString(mode));
  }
}
