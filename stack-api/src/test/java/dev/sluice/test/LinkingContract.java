package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileKind;
import dev.sluice.api.WriteMode;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** How trees that have links treat them; those that have none refuse. */
public interface LinkingContract extends TreeUnderTest {

  @Test
  default void aSymbolicLinkTellsItsTarget() {
    if (refusesSymbolicLinks()) {
      return;
    }
    link("/link", "target");

    assertThat(operations().readLink(path("/link")).block(patience())).isEqualTo("target");
    FileEntry entry = operations().lstat(path("/link")).block(patience());
    assertThat(entry.kind()).isEqualTo(FileKind.SYMBOLIC_LINK);
  }

  @Test
  default void aSymbolicLinkLeadsToItsTarget() {
    if (refusesSymbolicLinks()) {
      return;
    }
    makeDirectory("/directory");
    put("/directory/file", text("found"));
    link("/link", "directory/file");
    link("/directory/up", "../directory");

    assertThat(content("/link")).isEqualTo(text("found"));
    assertThat(content("/directory/up/file")).isEqualTo(text("found"));
    assertThat(stat("/link").kind()).isEqualTo(FileKind.FILE);
  }

  @Test
  default void anAbsoluteLinkBeginsAtTheRootOfTheTree() {
    if (refusesSymbolicLinks()) {
      return;
    }
    makeDirectory("/directory");
    put("/file", text("found"));
    String target = path("/file").seenFrom(home()).toString();
    link("/directory/link", target);

    assertThat(content("/directory/link")).isEqualTo(text("found"));
    assertThat(operations().readLink(path("/directory/link")).block(patience())).isEqualTo(target);
  }

  @Test
  default void aLinkThatLeadsNowhereReadsAsMissing() {
    if (refusesSymbolicLinks()) {
      return;
    }
    link("/link", "nowhere");

    assertRefused(FileError.NOT_FOUND, operations().stat(path("/link")));
    assertRefused(FileError.NOT_FOUND, operations().read(path("/link"), ByteRange.all()));
    assertThat(names("/")).containsExactly("link");
  }

  @Test
  default void linksInACircleAreRefused() {
    if (refusesSymbolicLinks()) {
      return;
    }
    link("/a", "b");
    link("/b", "a");

    assertRefused(FileError.LINK_LOOP, operations().stat(path("/a")));
  }

  @Test
  default void deletingALinkLeavesItsTarget() {
    if (refusesSymbolicLinks()) {
      return;
    }
    put("/file", text("stays"));
    link("/link", "file");

    operations().deleteFile(path("/link")).block(patience());

    assertThat(names("/")).containsExactly("file");
  }

  @Test
  default void writingThroughALinkWritesItsTarget() {
    if (refusesSymbolicLinks()) {
      return;
    }
    put("/file", text("old"));
    link("/link", "file");

    put("/link", text("new"));

    assertThat(content("/file")).isEqualTo(text("new"));
    assertThat(operations().lstat(path("/link")).block(patience()).kind())
        .isEqualTo(FileKind.SYMBOLIC_LINK);
  }

  @Test
  default void aLinkDoesNotTakeTheNameOfAFile() {
    if (refusesSymbolicLinks()) {
      return;
    }
    put("/file", text("stays"));

    assertRefused(
        FileError.ALREADY_EXISTS, operations().createSymbolicLink(path("/file"), "elsewhere"));
    assertThat(content("/file")).isEqualTo(text("stays"));
  }

  @Test
  default void aFileIsNoLinkToRead() {
    put("/file", text("x"));

    StepVerifier.create(operations().readLink(path("/file")))
        .expectError(FileFailure.class)
        .verify(patience());
  }

  @Test
  default void aHardLinkIsASecondNameOfTheFile() {
    if (refusesHardLinks()) {
      return;
    }
    put("/file", text("one"));

    operations().createHardLink(path("/second"), path("/file")).block(patience());
    put(path("/second"), new WriteMode.Replace(false), text("two"));

    assertThat(content("/file")).isEqualTo(text("two"));
    assertThat(stat("/file").attributes().identity())
        .isEqualTo(stat("/second").attributes().identity());
  }

  @Test
  default void aHardLinkDoesNotTakeTheNameOfAFile() {
    if (refusesHardLinks()) {
      return;
    }
    put("/file", text("one"));
    put("/other", text("two"));

    assertRefused(
        FileError.ALREADY_EXISTS, operations().createHardLink(path("/other"), path("/file")));
    assertThat(content("/other")).isEqualTo(text("two"));
  }

  private void link(String link, String target) {
    operations().createSymbolicLink(path(link), target).block(patience());
  }

  private boolean refusesSymbolicLinks() {
    if (can(Capability.SYMBOLIC_LINKS)) {
      return false;
    }
    assertRefused(FileError.UNSUPPORTED, operations().createSymbolicLink(path("/link"), "target"));
    return true;
  }

  private boolean refusesHardLinks() {
    if (can(Capability.HARD_LINKS)) {
      return false;
    }
    put("/file", text("one"));
    assertRefused(
        FileError.UNSUPPORTED, operations().createHardLink(path("/second"), path("/file")));
    return true;
  }
}
