package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileKind;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** How every tree keeps names and directories. */
public interface NamingContract extends TreeUnderTest {

  @Test
  default void theRootIsADirectory() {
    assertThat(stat("/").kind()).isEqualTo(FileKind.DIRECTORY);
  }

  @Test
  default void anEmptyDirectoryListsNothing() {
    makeDirectory("/directory");

    assertThat(names("/directory")).isEmpty();
  }

  @Test
  default void aListingTellsKindAndSize() {
    put("/file", octets(1234));
    makeDirectory("/directory");

    List<FileEntry> entries = operations().list(path("/")).collectList().block(patience());

    assertThat(entries).hasSize(2);
    FileEntry file = entries.stream().filter(e -> e.name().equals("file")).findFirst().get();
    FileEntry directory =
        entries.stream().filter(e -> e.name().equals("directory")).findFirst().get();
    assertThat(file.path()).isEqualTo(path("/file"));
    assertThat(file.kind()).isEqualTo(FileKind.FILE);
    assertThat(file.size()).isEqualTo(1234);
    assertThat(directory.kind()).isEqualTo(FileKind.DIRECTORY);
  }

  @Test
  default void aListingFollowsTheDemand() {
    makeDirectory("/directory");
    Flux.range(0, 600)
        .concatMap(
            i ->
                operations()
                    .write(
                        path("/directory/" + i),
                        WriteMode.createNew(),
                        inBuffersOf(1, new byte[0])))
        .then()
        .block(patience());

    StepVerifier.create(operations().list(path("/directory")), 0)
        .expectSubscription()
        .thenRequest(1)
        .expectNextCount(1)
        .thenRequest(10)
        .expectNextCount(10)
        .thenRequest(1000)
        .expectNextCount(589)
        .expectComplete()
        .verify(patience());
  }

  @Test
  default void listingMayStopInTheMiddle() {
    IntStream.range(0, 20).forEach(i -> put("/file" + i, new byte[0]));

    Long taken = operations().list(path("/")).take(3).count().block(patience());

    assertThat(taken).isEqualTo(3);
    assertThat(names("/")).hasSize(20);
  }

  @Test
  default void listingAMissingDirectoryIsRefused() {
    assertRefused(FileError.NOT_FOUND, operations().list(path("/missing")));
  }

  @Test
  default void listingAFileIsRefused() {
    put("/file", octets(1));

    assertRefused(FileError.NOT_A_DIRECTORY, operations().list(path("/file")));
  }

  @Test
  default void statOfAMissingFileIsRefused() {
    assertRefused(FileError.NOT_FOUND, operations().stat(path("/missing")));
  }

  @Test
  default void aDirectoryIsCreatedOnce() {
    makeDirectory("/directory");

    assertRefused(FileError.ALREADY_EXISTS, operations().createDirectory(path("/directory")));
  }

  @Test
  default void aDirectoryDoesNotTakeTheNameOfAFile() {
    put("/file", octets(3));

    assertRefused(FileError.ALREADY_EXISTS, operations().createDirectory(path("/file")));
    assertThat(content("/file")).isEqualTo(octets(3));
  }

  @Test
  default void aDirectoryNeedsItsParent() {
    assertRefused(FileError.NOT_FOUND, operations().createDirectory(path("/missing/directory")));
  }

  @Test
  default void directoriesNest() {
    makeDirectory("/a");
    makeDirectory("/a/b");
    makeDirectory("/a/b/c");
    put("/a/b/c/file", text("deep"));

    assertThat(content("/a/b/../b/c/./file")).isEqualTo(text("deep"));
    assertThat(names("/a/b")).containsExactly("c");
  }

  @Test
  default void deletesAFile() {
    put("/file", octets(10));

    operations().deleteFile(path("/file")).block(patience());

    assertThat(names("/")).isEmpty();
  }

  @Test
  default void deletingAMissingFileIsRefused() {
    assertRefused(FileError.NOT_FOUND, operations().deleteFile(path("/missing")));
  }

  @Test
  default void aDirectoryIsNotDeletedAsAFile() {
    makeDirectory("/directory");

    assertRefused(FileError.IS_A_DIRECTORY, operations().deleteFile(path("/directory")));
    assertThat(names("/")).containsExactly("directory");
  }

  @Test
  default void deletesAnEmptyDirectory() {
    makeDirectory("/directory");

    operations().deleteDirectory(path("/directory")).block(patience());

    assertThat(names("/")).isEmpty();
  }

  @Test
  default void aDirectoryThatHoldsSomethingIsNotDeleted() {
    makeDirectory("/directory");
    put("/directory/file", octets(1));

    assertRefused(FileError.DIRECTORY_NOT_EMPTY, operations().deleteDirectory(path("/directory")));
    assertThat(names("/directory")).containsExactly("file");
  }

  @Test
  default void aFileIsNotDeletedAsADirectory() {
    put("/file", octets(1));

    assertRefused(FileError.NOT_A_DIRECTORY, operations().deleteDirectory(path("/file")));
    assertThat(names("/")).containsExactly("file");
  }

  @Test
  default void deletingAMissingDirectoryIsRefused() {
    assertRefused(FileError.NOT_FOUND, operations().deleteDirectory(path("/missing")));
  }

  @Test
  default void renamesAFile() {
    put("/old", text("content"));

    operations().rename(path("/old"), path("/new")).block(patience());

    assertThat(names("/")).containsExactly("new");
    assertThat(content("/new")).isEqualTo(text("content"));
  }

  @Test
  default void renamingReplacesAFile() {
    put("/old", text("content"));
    put("/new", text("replaced"));

    operations().rename(path("/old"), path("/new")).block(patience());

    assertThat(names("/")).containsExactly("new");
    assertThat(content("/new")).isEqualTo(text("content"));
  }

  @Test
  default void movesADirectoryWithAllItHolds() {
    makeDirectory("/from");
    makeDirectory("/to");
    put("/from/file", text("moved"));

    operations().rename(path("/from"), path("/to/here")).block(patience());

    assertThat(content("/to/here/file")).isEqualTo(text("moved"));
    assertThat(names("/")).containsExactly("to");
  }

  @Test
  default void renamingAMissingFileIsRefused() {
    assertRefused(FileError.NOT_FOUND, operations().rename(path("/missing"), path("/new")));
  }

  @Test
  default void renamingIntoAMissingDirectoryIsRefused() {
    put("/file", octets(1));

    assertRefused(FileError.NOT_FOUND, operations().rename(path("/file"), path("/missing/file")));
    assertThat(names("/")).containsExactly("file");
  }

  @Test
  default void aFileDoesNotReplaceADirectory() {
    put("/file", octets(1));
    makeDirectory("/directory");

    assertRefused(FileError.IS_A_DIRECTORY, operations().rename(path("/file"), path("/directory")));
    assertThat(names("/")).containsExactly("directory", "file");
  }

  @Test
  default void aDirectoryDoesNotMoveIntoItself() {
    makeDirectory("/directory");

    assertRefused(
        FileError.INVALID_NAME, operations().rename(path("/directory"), path("/directory/below")));
    assertThat(names("/")).containsExactly("directory");
  }

  @Test
  default void oddNamesAreKept() {
    List<String> odd =
        List.of(
            "two words",
            " leading",
            "trailing ",
            "\"quoted\"",
            "'single'",
            "back\\slash",
            "tab\t",
            "-rf",
            "~",
            "~root",
            "*",
            "?",
            "[a]",
            "a;b",
            "a|b",
            "a&b",
            "$HOME",
            "%2e%2e",
            "%",
            "#",
            "...",
            "ä ö ü",
            "日本語",
            "😀",
            "e\u0301",
            "\u00e9",
            "line\nbreak",
            "carriage\rreturn",
            "\u0001",
            "x".repeat(200));
    for (String name : odd) {
      RemotePath file = path("/").child(name);
      if (!storesName(name)) {
        assertRefused(
            FileError.INVALID_NAME,
            operations().write(file, WriteMode.replace(), inBuffersOf(10, text(name))));
        continue;
      }
      put(file, WriteMode.replace(), text(name));
      assertThat(content(file, ByteRange.all())).as(name).isEqualTo(text(name));
    }

    assertThat(names("/"))
        .containsExactlyElementsOf(
            odd.stream().filter(this::storesName).map(this::listedName).sorted().toList());
  }

  @Test
  @Conforms("FTP-163")
  default void namesThatAreNotUtf8AreKeptOctetForOctet() {
    byte[] octets = {'/', 'r', (byte) 0xE4, (byte) 0xFF, (byte) 0xC3, 'w'};
    RemotePath file = path(RawName.decode(octets));
    if (!can(Capability.RAW_NAMES)) {
      assertRefused(
          FileError.INVALID_NAME,
          operations().write(file, WriteMode.replace(), inBuffersOf(10, text("raw"))));
      return;
    }
    put(file, WriteMode.replace(), text("raw"));

    FileEntry entry = operations().list(path("/")).single().block(patience());
    assertThat(entry.path()).isEqualTo(file);
    assertThat(RawName.encode("/" + entry.name())).isEqualTo(octets);
    assertThat(content(entry.path(), ByteRange.all())).isEqualTo(text("raw"));
    operations().deleteFile(entry.path()).block(patience());
    assertThat(names("/")).isEmpty();
  }

  @Test
  @Conforms("FTP-163")
  default void aNameThatNoFileSystemHoldsIsRefused() {
    RemotePath file = path("/").child("lone\uD800surrogate");

    assertRefused(
        FileError.INVALID_NAME,
        operations().write(file, WriteMode.replace(), inBuffersOf(10, text("x"))));
    assertThat(names("/")).isEmpty();
  }

  @Test
  @Conforms("FTP-163")
  default void aNameThatIsTooLongIsRefused() {
    String name = new String(new byte[2000], StandardCharsets.US_ASCII).replace('\0', 'n');
    RemotePath file = path("/").child(name);

    assertRefused(
        FileError.INVALID_NAME,
        operations().write(file, WriteMode.replace(), inBuffersOf(10, text("x"))));
    assertThat(names("/")).isEmpty();
  }
}
