package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileKind;
import dev.sluice.api.WalkOptions;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The verbs that are made of others: what exists, making all directories, walking. */
public interface DerivedVerbsContract extends TreeUnderTest {

  @Test
  default void whatIsThereExists() {
    makeDirectory("/directory");
    put("/directory/file", text("x"));

    assertThat(exists("/directory")).isTrue();
    assertThat(exists("/directory/file")).isTrue();
    assertThat(exists("/directory/other")).isFalse();
    assertThat(exists("/nowhere/at/all")).isFalse();
  }

  @Test
  default void aLinkThatLeadsNowhereExists() {
    if (can(Capability.SYMBOLIC_LINKS)) {
      operations().createSymbolicLink(path("/link"), "nowhere").block(patience());

      assertThat(exists("/link")).isTrue();
    } else {
      assertThat(exists("/link")).isFalse();
    }
  }

  @Test
  default void allMissingDirectoriesAreMade() {
    makeDirectory("/a");

    operations().createDirectories(path("/a/b/c/d")).block(patience());
    operations().createDirectories(path("/a/b/c/d")).block(patience());

    assertThat(stat("/a/b/c/d").kind()).isEqualTo(FileKind.DIRECTORY);
  }

  @Test
  default void aFileIsNoDirectoryToBeMade() {
    put("/file", text("x"));

    assertRefused(FileError.NOT_A_DIRECTORY, operations().createDirectories(path("/file")));
    assertThat(exists("/file")).isTrue();
  }

  @Test
  default void aWalkShowsEachDirectoryBeforeItsContent() {
    operations().createDirectories(path("/top/one/two")).block(patience());
    put("/top/a.csv", text("a"));
    put("/top/one/b.csv", text("b"));
    put("/top/one/two/c.txt", text("c"));

    List<String> all = walked(WalkOptions.ALL);

    assertThat(all)
        .containsExactlyInAnyOrder(
            "/top/a.csv", "/top/one", "/top/one/b.csv", "/top/one/two", "/top/one/two/c.txt");
    assertThat(all.indexOf("/top/one")).isLessThan(all.indexOf("/top/one/b.csv"));
    assertThat(all.indexOf("/top/one/two")).isLessThan(all.indexOf("/top/one/two/c.txt"));
    assertThat(walked(WalkOptions.ALL.depth(1)))
        .containsExactlyInAnyOrder("/top/a.csv", "/top/one");
    assertThat(walked(WalkOptions.ALL.matching("*.csv")))
        .containsExactlyInAnyOrder("/top/a.csv", "/top/one/b.csv");
    assertThat(walked(WalkOptions.ALL.depth(2).only(FileKind.DIRECTORY)))
        .containsExactlyInAnyOrder("/top/one", "/top/one/two");
  }

  @Test
  default void eachFileOfAWalkMayBeReadOnTheWay() {
    for (int i = 0; i < 3; i++) {
      makeDirectory("/d" + i);
      for (int file = 0; file < 3; file++) {
        put("/d" + i + "/f" + file, octets(1000));
      }
    }

    Long octets =
        operations()
            .walk(path("/"), WalkOptions.ALL.only(FileKind.FILE))
            .concatMap(entry -> operations().read(entry.path(), ByteRange.all()))
            .map(
                part -> {
                  long length = part.readableBytes();
                  ReferenceCountUtil.release(part);
                  return length;
                })
            .reduce(0L, Long::sum)
            .block(patience());

    assertThat(octets).isEqualTo(9000);
  }

  private boolean exists(String path) {
    return Boolean.TRUE.equals(operations().exists(path(path)).block(patience()));
  }

  private List<String> walked(WalkOptions options) {
    return operations()
        .walk(path("/top"), options)
        .map(FileEntry::path)
        .map(found -> found.names().subList(path("/top").names().size(), found.names().size()))
        .map(names -> "/top/" + String.join("/", names))
        .collectList()
        .block(patience());
  }
}
