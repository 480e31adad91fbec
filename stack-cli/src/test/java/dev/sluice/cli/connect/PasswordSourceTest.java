package dev.sluice.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.place.RemoteUrl;
import dev.sluice.cli.status.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PasswordSourceTest {
  private static final Path NO_FILE = Path.of("missing", ".netrc");

  @TempDir Path home;

  @Test
  void anEntryOfNetrcComesBeforeThePrompt() throws IOException {
    Path netrc = home.resolve(".netrc");
    Files.writeString(netrc, "machine h login u password kept\nmachine h login v password other\n");
    Files.setPosixFilePermissions(netrc, PosixFilePermissions.fromString("rw-------"));
    PasswordSource source = new PasswordSource(null, netrc, question -> "typed");

    assertThat(source.passwordFor(RemoteUrl.parse("ftp://u@h"))).isEqualTo("kept");
    assertThat(source.passwordFor(RemoteUrl.parse("ftp://w@h"))).isEqualTo("typed");
    assertThat(
            new PasswordSource("variable", netrc, question -> "typed")
                .passwordFor(RemoteUrl.parse("ftp://u@h")))
        .isEqualTo("variable");

    Files.setPosixFilePermissions(netrc, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> source.passwordFor(RemoteUrl.parse("ftp://u@h")))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining(".netrc");
  }

  @Test
  void theUrlComesBeforeTheVariableAndTheVariableBeforeThePrompt() {
    PasswordSource all = new PasswordSource("variable", NO_FILE, question -> "typed");
    PasswordSource person = new PasswordSource(null, NO_FILE, question -> "typed");

    assertThat(all.passwordFor(RemoteUrl.parse("ftp://u:url@h"))).isEqualTo("url");
    assertThat(all.passwordFor(RemoteUrl.parse("ftp://u@h"))).isEqualTo("variable");
    assertThat(person.passwordFor(RemoteUrl.parse("ftp://u@h"))).isEqualTo("typed");
  }

  @Test
  void anEmptyPasswordInTheUrlIsOne() {
    assertThat(
            new PasswordSource("variable", NO_FILE, question -> "typed")
                .passwordFor(RemoteUrl.parse("ftp://u:@h")))
        .isEmpty();
  }

  @Test
  void withNobodyToAskItSaysWhatToSet() {
    assertThatThrownBy(
            () ->
                new PasswordSource(null, NO_FILE, question -> null)
                    .passwordFor(RemoteUrl.parse("ftp://u@h")))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("SLUICE_PASSWORD");
  }
}
