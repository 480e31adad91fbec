package dev.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of logins. */
final class NetrcTest {

  @Test
  void theLoginIsThatOfTheHost() {
    Netrc netrc =
        Netrc.parse("machine a login ann password one\nmachine B\n login bob\n password two\n");

    assertThat(netrc.find("b", null))
        .hasValueSatisfying(
            entry -> {
              assertThat(entry.login()).isEqualTo("bob");
              assertThat(entry.password()).isEqualTo("two");
            });
  }

  @Test
  void aUserGetsTheirOwnPassword() {
    Netrc netrc = Netrc.parse("machine a login ann password one machine a login bob password two");

    assertThat(netrc.find("a", "bob").orElseThrow().password()).isEqualTo("two");
    assertThat(netrc.find("a", "eve")).isEmpty();
  }

  @Test
  void otherHostsHaveTheDefault() {
    Netrc netrc = Netrc.parse("machine a login ann password one\ndefault login guest password x");

    assertThat(netrc.find("b", null).orElseThrow().login()).isEqualTo("guest");
    assertThat(netrc.find("a", null).orElseThrow().login()).isEqualTo("ann");
  }

  @Test
  void quotedWordsHoldBlanksAndQuotes() {
    Netrc netrc = Netrc.parse("machine a login \"an n\" password \"a \\\"b\\\" # c\"");

    assertThat(netrc.find("a", null).orElseThrow().login()).isEqualTo("an n");
    assertThat(netrc.find("a", null).orElseThrow().password()).isEqualTo("a \"b\" # c");
  }

  @Test
  void commentsAndMacrosAndAccountsAreNoLogins() {
    Netrc netrc =
        Netrc.parse(
            """
            # machine x
            machine a login ann account z password one
            macdef init
            login no

            machine b login bob password two # password three
            """);

    assertThat(netrc.find("x", null)).isEmpty();
    assertThat(netrc.find("a", null).orElseThrow().login()).isEqualTo("ann");
    assertThat(netrc.find("b", null).orElseThrow().password()).isEqualTo("two");
  }

  @Test
  void aFaultNamesItsLineAndNoSecret() {
    assertThatThrownBy(() -> Netrc.parse("machine a\nlogin ann\npasword s3cret"))
        .hasMessageContaining("line 3")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> Netrc.parse("password s3cret"))
        .hasMessageContaining("line 1")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> Netrc.parse("machine a\npassword \"s3cret"))
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aFileThatOthersCanReadIsRefused(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("netrc"), "machine a login ann password one");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> Netrc.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 600 " + file);

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(Netrc.read(file).find("a", null)).isPresent();
  }
}
