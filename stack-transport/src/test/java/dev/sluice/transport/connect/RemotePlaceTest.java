package dev.sluice.transport.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of a place on a server. */
final class RemotePlaceTest {

  @Test
  void everyPartIsRead() {
    assertThat(RemotePlace.parse("FTP://ann:s3cret@host.example:2121/a/b"))
        .isEqualTo(
            new RemotePlace(
                "ftp", "ann", "s3cret", "host.example", 2121, RemotePath.of("/a/b"), false, false));
  }

  @Test
  void whatIsLeftOutIsAbsent() {
    RemotePlace url = RemotePlace.parse("ftp://host");

    assertThat(url.user()).isNull();
    assertThat(url.password()).isNull();
    assertThat(url.port()).isZero();
    assertThat(url.path()).isEqualTo(RemotePath.root());
    assertThat(url.directory()).isTrue();
  }

  @Test
  void anAddressOfIpv6StandsInBrackets() {
    RemotePlace url = RemotePlace.parse("ftp://u@[fe80::1%25eth0]:21/x");

    assertThat(url.host()).isEqualTo("fe80::1%eth0");
    assertThat(url.port()).isEqualTo(21);
  }

  @Test
  void percentStandsForAnOctetAlsoOneThatIsNotUtf8() {
    RemotePlace url = RemotePlace.parse("ftp://u%40d:p%2Fw@h/%C3%A4%20b%FF");

    assertThat(url.user()).isEqualTo("u@d");
    assertThat(url.password()).isEqualTo("p/w");
    assertThat(RawName.encode(url.path().name())).containsExactly(0xC3, 0xA4, ' ', 'b', 0xFF);
  }

  @Test
  void charactersOfNamesNeedNoEscape() {
    assertThat(RemotePlace.parse("ftp://h/a?b#c;d ä").path().name()).isEqualTo("a?b#c;d ä");
  }

  @Test
  void anAtSignInThePasswordBelongsToIt() {
    RemotePlace url = RemotePlace.parse("ftp://u:p@ss@h/x");

    assertThat(url.password()).isEqualTo("p@ss");
    assertThat(url.host()).isEqualTo("h");
  }

  @Test
  void thePathNeverLeavesTheRoot() {
    assertThat(RemotePlace.parse("ftp://h/../../etc/passwd").path()).hasToString("/etc/passwd");
  }

  @Test
  void thePasswordIsNeverShown() {
    assertThat(RemotePlace.parse("ftp://u:s3cret@h:21/x")).hasToString("ftp://u@h:21/x");
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
  void whatIsNoPlaceIsAnErrorThatTellsNoSecret(String text) {
    assertThatThrownBy(() -> RemotePlace.parse(text))
        .isInstanceOfAny(IllegalArgumentException.class, FileFailure.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aTildeIsTheDirectoryOfTheLogin() {
    RemotePlace url = RemotePlace.parse("sftp://ann@host/~/in/x");

    assertThat(url.home()).isTrue();
    assertThat(url.path()).isEqualTo(RemotePath.of("/in/x"));
    assertThat(url).hasToString("sftp://ann@host/~/in/x");
    assertThat(RemotePlace.parse("ftp://host/~").isTop()).isTrue();
    assertThat(RemotePlace.parse("ftp://host/~").directory()).isTrue();
  }

  @Test
  void aNameThatIsATildeIsEncoded() {
    assertThat(RemotePlace.parse("ftp://host/%7E/x").home()).isFalse();
    assertThat(RemotePlace.parse("ftp://host/~x").home()).isFalse();
    assertThat(RemotePlace.parse("ftp://host/a/~/x").home()).isFalse();
  }

  @Test
  void aUriNamesTheSamePlaceAsItsText() {
    String text = "sftp://u%40d:p%2Fw@[::1]:2222/~/%C3%A4%20b%FF/";

    assertThat(RemotePlace.of(URI.create(text))).isEqualTo(RemotePlace.parse(text));
  }

  @Test
  void aUriMayNameAHostThatIsNoDomain() {
    RemotePlace place = RemotePlace.of(URI.create("ftp://ann@my_host:2121/x"));

    assertThat(place.host()).isEqualTo("my_host");
    assertThat(place.port()).isEqualTo(2121);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://u:s3cret@h/a?b", "ftp://u:s3cret@h/a#b"})
  void aQueryIsNotDroppedInSilence(String text) {
    assertThatThrownBy(() -> RemotePlace.of(URI.create(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("%3F")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aUriOfThisMachineNamesNoHost() {
    RemotePlace place = RemotePlace.of(URI.create("file:/tmp/a%20b"));

    assertThat(place.host()).isEmpty();
    assertThat(place.path()).hasToString("/tmp/a b");
    assertThatThrownBy(place::requireHost).hasMessageContaining("file://user@host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mailto:ann@files.example", "just/a/path"})
  void aUriWithoutAPlaceIsAnError(String text) {
    assertThatThrownBy(() -> RemotePlace.of(URI.create(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
