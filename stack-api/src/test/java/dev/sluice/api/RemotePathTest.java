package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.FileFailure;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class RemotePathTest {

  @Test
  void dotsAndSlashesAreResolvedAsText() {
    assertThat(RemotePath.of("//a/./b//../c/")).hasToString("/a/c");
    assertThat(RemotePath.of("a/b")).hasToString("/a/b");
    assertThat(RemotePath.of("")).isEqualTo(RemotePath.root());
    assertThat(RemotePath.of("/")).hasToString("/");
  }

  @Test
  void nothingLiesAboveTheRoot() {
    assertThat(RemotePath.of("/../../etc/passwd")).hasToString("/etc/passwd");
    assertThat(RemotePath.of("a/../../..")).isEqualTo(RemotePath.root());
    assertThat(RemotePath.root().parent()).isEqualTo(RemotePath.root());
  }

  @Test
  void textIsSeenFromTheDirectoryUnlessItBeginsWithASlash() {
    RemotePath here = RemotePath.of("/home/user");

    assertThat(here.resolve("file")).hasToString("/home/user/file");
    assertThat(here.resolve("../other")).hasToString("/home/other");
    assertThat(here.resolve("/file")).hasToString("/file");
  }

  @Test
  void dotsThatAreNotAloneAreNames() {
    assertThat(RemotePath.of("/.../..a/b../.hidden").names())
        .containsExactly("...", "..a", "b..", ".hidden");
  }

  @Test
  void nulIsRefused() {
    assertThatThrownBy(() -> RemotePath.of("/a\0b"))
        .isInstanceOf(FileFailure.class)
        .hasMessage("INVALID_NAME: name \"/a\\x00b\" holds NUL");
  }

  @Test
  void aPathThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> RemotePath.of("/" + "x".repeat(RemotePath.MAX_OCTETS)))
        .isInstanceOf(FileFailure.class)
        .hasMessageContaining("4096");
  }

  @Test
  void aNameThatLeadsElsewhereIsNoChild() {
    for (String name : List.of("", ".", "..", "a/b", "/", "a\0")) {
      assertThatThrownBy(() -> RemotePath.root().child(name))
          .as(name)
          .isInstanceOf(FileFailure.class);
    }
  }

  @Test
  void aSiblingWhoseNameBeginsAlikeIsNotBelow() {
    assertThat(RemotePath.of("/home2/x").startsWith(RemotePath.of("/home"))).isFalse();
    assertThat(RemotePath.of("/home/x").startsWith(RemotePath.of("/home"))).isTrue();
    assertThat(RemotePath.of("/home").startsWith(RemotePath.of("/home/x"))).isFalse();
  }

  @Test
  void aPathCanBeSeenFromBelowAndBack() {
    RemotePath home = RemotePath.of("/home/user");
    RemotePath file = RemotePath.of("/home/user/a/b");

    assertThat(file.relativeTo(home)).hasToString("/a/b");
    assertThat(home.append(file.relativeTo(home))).isEqualTo(file);
    assertThatThrownBy(() -> home.relativeTo(file)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  boolean aPathReadsBackAsItself(@ForAll String text) {
    String clean = text.replace("\0", "");
    RemotePath path = RemotePath.of(clean);
    return RemotePath.of(path.toString()).equals(path);
  }

  @Property
  boolean octetsComeBackAsTheyWere(@ForAll byte[] octets) {
    return java.util.Arrays.equals(RawName.encode(RawName.decode(octets)), octets);
  }
}
