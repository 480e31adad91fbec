package dev.sluice.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.transport.Proxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places with names. */
final class BookmarksTest {
  @TempDir private Path directory;

  @Test
  void aBookmarkHasItsPlaceItsSettingsAndThoseOfItsHost() throws IOException {
    Bookmarks bookmarks =
        read(
            """
            bookmarks:
              partner:
                url: sftp://ann@files.example/base
                keyFile: ~/.ssh/partner
                timeout: 30s
            hosts:
              "files.*":
                timeout: 5m
                knownHosts: /known
              "*.example":
                knownHosts: /other
                user: eve
                proxy: socks5://proxy.example:1080
            """);

    Bookmark found = bookmarks.resolve("partner:in/x").orElseThrow();
    assertThat(found.place()).hasToString("sftp://ann@files.example/base/in/x");
    assertThat(found.settings().keyFile())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".ssh/partner"));
    assertThat(found.settings().timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(found.settings().knownHosts()).isEqualTo(Path.of("/known"));
    assertThat(found.settings().proxy()).isEqualTo(Proxy.socks5("proxy.example", 1080));
    assertThat(bookmarks.settings("other.org")).isEqualTo(HostSettings.NONE);
  }

  @Test
  void aPathStartsAtTheBookmarkAtTheRootOrAtHome() throws IOException {
    Bookmarks bookmarks = read("bookmarks: { p: { url: 'ftp://h/~/a' } }");

    assertThat(bookmarks.resolve("p:").orElseThrow().place()).hasToString("ftp://h/~/a");
    assertThat(bookmarks.resolve("p:b 1%").orElseThrow().place()).hasToString("ftp://h/~/a/b 1%");
    assertThat(bookmarks.resolve("p:/b").orElseThrow().place()).hasToString("ftp://h/b");
    assertThat(bookmarks.resolve("p:/~/b").orElseThrow().place()).hasToString("ftp://h/~/b");
    assertThat(bookmarks.resolve("q:/b")).isEmpty();
    assertThat(bookmarks.resolve("p://h/b")).isEmpty();
    assertThat(bookmarks.resolve("/p:b")).isEmpty();
  }

  @Test
  void anUnknownKeyIsNamedWithItsLineAndTheNearestOne() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    bookmarks:
                      p:
                        url: ftp://h
                        keyfil: x
                    """))
        .isInstanceOf(ConfigFault.class)
        .hasMessageContaining("config.yaml, line 4: bookmark p has no key keyfil")
        .hasMessageContaining("did you mean keyFile?");
    assertThatThrownBy(() -> read("bookmark: {}"))
        .hasMessageContaining("line 1")
        .hasMessageContaining("did you mean bookmarks?");
    assertThatThrownBy(() -> read("hosts: { h: { colour: red } }"))
        .hasMessageContaining("it has user, password, keyFile");
  }

  @Test
  void valuesThatMakeNoSenseAreNamedWithoutSecrets() {
    assertThatThrownBy(() -> read("bookmarks:\n  p:\n    url: ftp://u:s3cret@h:x/"))
        .hasMessageContaining("line 3: url:")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> read("bookmarks: { p: { url: ftp://h, timeout: soon } }"))
        .hasMessageContaining("timeout: write 30s");
    assertThatThrownBy(() -> read("bookmarks: { p: { user: ann } }"))
        .hasMessageContaining("bookmark p needs a url");
    assertThatThrownBy(() -> read("bookmarks: { p: { url: [a] } }"))
        .hasMessageContaining("a list has no meaning here");
    assertThatThrownBy(() -> read("hosts: { h: { password: s3cret, password: s3cret } }"))
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> read("hosts: { h: { password: 's3cret } }"))
        .isInstanceOf(ConfigFault.class)
        .hasMessageContaining("it is no YAML")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aPasswordIsTakenOnlyFromAPrivateFile() throws IOException {
    Path file = write("bookmarks: { p: { url: ftp://ann@h, password: s3cret } }");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> Bookmarks.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 600")
        .hasMessageNotContaining("s3cret");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Bookmark found = Bookmarks.read(file).resolve("p:").orElseThrow();
    assertThat(found.settings().password()).isEqualTo("s3cret");
    assertThat(found.toString()).doesNotContain("s3cret");
  }

  @Test
  void theFileIsWhereTheDesktopHasIt() {
    Path home = Path.of("/home/ann");

    assertThat(Bookmarks.file(null, home)).hasToString("/home/ann/.config/sluice/config.yaml");
    assertThat(Bookmarks.file("/etc/x", home)).hasToString("/etc/x/sluice/config.yaml");
    assertThat(Bookmarks.file("x", home)).hasToString("/home/ann/.config/sluice/config.yaml");
  }

  @Test
  void anEmptyFileSaysNothing() throws IOException {
    assertThat(read("").names()).isEmpty();
    assertThat(read("bookmarks:\n").names()).isEmpty();
  }

  private Bookmarks read(String text) throws IOException {
    return Bookmarks.read(write(text));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("config.yaml"), text);
  }
}
