package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void aPathReadsBackAsItself() {
    for (byte[] octets : randomOctets()) {
      RemotePath path = RemotePath.of(RawName.decode(octets).replace("\0", ""));

      assertThat(RemotePath.of(path.toString())).isEqualTo(path);
    }
  }

  @Test
  void octetsComeBackAsTheyWere() {
    for (byte[] octets : randomOctets()) {
      assertThat(RawName.encode(RawName.decode(octets))).isEqualTo(octets);
    }
  }

  /** Any octets, and such that dots, slashes and multi-octet characters are frequent. */
  private static List<byte[]> randomOctets() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] frequent = {'/', '.', '.', 'a', (byte) 0xC3, (byte) 0xA4, (byte) 0xED, (byte) 0xFF};
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      byte[] octets = new byte[random.nextInt(40)];
      random.nextBytes(octets);
      for (int at = 0; at < octets.length && i % 2 == 0; at++) {
        octets[at] = frequent[octets[at] & 7];
      }
      all.add(octets);
    }
    return all;
  }

  @Test
  void aRelativePathIsSeenFromTheDirectoryOfTheLogin() {
    RemotePath path = RemotePath.relative("a/./b//c");
    RemotePath home = RemotePath.of("/home/user");

    assertThat(path.isRelative()).isTrue();
    assertThat(path).hasToString("a/b/c").isNotEqualTo(RemotePath.of("/a/b/c"));
    assertThat(path.seenFrom(home)).hasToString("/home/user/a/b/c");
    assertThat(home.seenFrom(RemotePath.of("/other"))).isEqualTo(home);
    assertThat(path.parent()).isEqualTo(RemotePath.relative("a/b"));
    assertThat(path.child("d")).hasToString("a/b/c/d");
    assertThat(path.resolve("../d")).hasToString("a/b/d");
    assertThat(path.resolve("/d").isRelative()).isFalse();
    assertThat(path.append(RemotePath.of("/d"))).hasToString("a/b/c/d");
    assertThat(path.relativeTo(RemotePath.relative("a"))).isEqualTo(RemotePath.of("/b/c"));
    assertThat(path.startsWith(RemotePath.root())).isFalse();
    for (String here : new String[] {"", ".", "x/.."}) {
      assertThat(RemotePath.relative(here)).hasToString(".");
      assertThat(RemotePath.relative(here).parent()).hasToString(".");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/x", "..", "../x", "a/../../b", "a\u0000b"})
  void aRelativePathThatLeadsElsewhereIsRefused(String text) {
    assertThatThrownBy(() -> RemotePath.relative(text))
        .isInstanceOfSatisfying(
            FileFailure.class,
            failure -> assertThat(failure.error()).isEqualTo(FileError.INVALID_NAME));
  }
}
