package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RemoteUrlTest {

  @Test
  void everyPartIsRead() {
    assertThat(RemoteUrl.parse("FTP://ann:s3cret@host.example:2121/a/b"))
        .isEqualTo(
            new RemoteUrl(
                "ftp", "ann", "s3cret", "host.example", 2121, RemotePath.of("/a/b"), false, false));
  }

  @Test
  void whatIsLeftOutIsAbsent() {
    RemoteUrl url = RemoteUrl.parse("ftp://host");

    assertThat(url.user()).isNull();
    assertThat(url.password()).isNull();
    assertThat(url.port()).isZero();
    assertThat(url.path()).isEqualTo(RemotePath.root());
    assertThat(url.directory()).isTrue();
  }

  @Test
  void anAddressOfIpv6StandsInBrackets() {
    RemoteUrl url = RemoteUrl.parse("ftp://u@[fe80::1%25eth0]:21/x");

    assertThat(url.host()).isEqualTo("fe80::1%eth0");
    assertThat(url.port()).isEqualTo(21);
  }

  @Test
  void percentStandsForAnOctetAlsoOneThatIsNotUtf8() {
    RemoteUrl url = RemoteUrl.parse("ftp://u%40d:p%2Fw@h/%C3%A4%20b%FF");

    assertThat(url.user()).isEqualTo("u@d");
    assertThat(url.password()).isEqualTo("p/w");
    assertThat(RawName.encode(url.path().name())).containsExactly(0xC3, 0xA4, ' ', 'b', 0xFF);
  }

  @Test
  void charactersOfNamesNeedNoEscape() {
    assertThat(RemoteUrl.parse("ftp://h/a?b#c;d ä").path().name()).isEqualTo("a?b#c;d ä");
  }

  @Test
  void anAtSignInThePasswordBelongsToIt() {
    RemoteUrl url = RemoteUrl.parse("ftp://u:p@ss@h/x");

    assertThat(url.password()).isEqualTo("p@ss");
    assertThat(url.host()).isEqualTo("h");
  }

  @Test
  void thePathNeverLeavesTheRoot() {
    assertThat(RemoteUrl.parse("ftp://h/../../etc/passwd").path()).hasToString("/etc/passwd");
  }

  @Test
  void thePasswordIsNeverShown() {
    assertThat(RemoteUrl.parse("ftp://u:s3cret@h:21/x")).hasToString("ftp://u@h:21/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host/x",
        "://h/x",
        "ftp:///x",
        "ftp://h:0/",
        "ftp://h:65536/",
        "ftp://h:port/",
        "ftp://h/%",
        "ftp://h/%4",
        "ftp://h/%zz",
        "ftp://h/%00",
        "ftp://u%0aQUIT@h/",
        "ftp://u:s3cret/1@h/"
      })
  void whatIsNoUrlIsWrongUsageThatTellsNoSecret(String text) {
    assertThatThrownBy(() -> RemoteUrl.parse(text))
        .isInstanceOf(UsageError.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aTildeIsTheDirectoryOfTheLogin() {
    RemoteUrl url = RemoteUrl.parse("sftp://ann@host/~/in/x");

    assertThat(url.home()).isTrue();
    assertThat(url.path()).isEqualTo(RemotePath.of("/in/x"));
    assertThat(url).hasToString("sftp://ann@host/~/in/x");
    assertThat(RemoteUrl.parse("ftp://host/~").isTop()).isTrue();
    assertThat(RemoteUrl.parse("ftp://host/~").directory()).isTrue();
  }

  @Test
  void aNameThatIsATildeIsEncoded() {
    assertThat(RemoteUrl.parse("ftp://host/%7E/x").home()).isFalse();
    assertThat(RemoteUrl.parse("ftp://host/~x").home()).isFalse();
    assertThat(RemoteUrl.parse("ftp://host/a/~/x").home()).isFalse();
  }
}
