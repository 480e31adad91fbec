package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Capability;
import dev.sluice.api.FileError;
import dev.sluice.api.TransferException;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** {@link FileOperationsContract}, and what open files of every storage do alike. */
public interface StorageContract extends FileOperationsContract {

  @Override
  StorageSession operations();

  /** Whether a file that is being replaced may be written in any order. */
  default boolean replacesInAnyOrder() {
    return can(Capability.RANDOM_WRITE);
  }

  @Test
  default void renamingToANameThatMustBeFreeReplacesNothing() {
    put("/file", text("content"));
    put("/taken", text("kept"));
    operations().createDirectory(path("/directory")).block(patience());

    for (String taken : List.of("/taken", "/directory", "/file")) {
      assertRefused(
          FileError.ALREADY_EXISTS, operations().renameToFree(path("/file"), path(taken)));
    }
    assertRefused(
        FileError.ALREADY_EXISTS, operations().renameToFree(path("/directory"), path("/taken")));
    assertRefused(FileError.NOT_FOUND, operations().renameToFree(path("/missing"), path("/free")));
    operations().renameToFree(path("/file"), path("/free")).block(patience());
    operations().renameToFree(path("/directory"), path("/elsewhere")).block(patience());

    assertThat(content("/taken")).isEqualTo(text("kept"));
    assertThat(content("/free")).isEqualTo(text("content"));
    assertThat(names("/")).containsExactlyInAnyOrder("taken", "free", "elsewhere");
  }

  @Test
  default void anOpenFileReadsFromAnywhere() {
    put("/file", text("0123456789"));
    FileHandle handle = open("/file", OpenMode.READ);

    assertThat(read(handle, 7, 2)).isEqualTo("78");
    assertThat(read(handle, 0, 3)).isEqualTo("012");
    assertThat(read(handle, 10, 5)).isEmpty();
    for (long beyond : new long[] {1000, (1L << 32) + 1, (3L << 61) + 1, Long.MAX_VALUE - 5}) {
      assertThat(read(handle, beyond, 5)).isEmpty();
    }
    handle.close().block(patience());
  }

  @Test
  default void anOpenFileReadsFromFrontToBack() {
    put("/file", octets(300_000));
    FileHandle handle = open("/file", OpenMode.READ);

    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int length = -1; length != 0; ) {
      ByteBuf buffer = handle.read(all.size(), 32_768).block(patience());
      length = buffer == null ? 0 : buffer.readableBytes();
      if (buffer != null) {
        all.writeBytes(io.netty.buffer.ByteBufUtil.getBytes(buffer));
        buffer.release();
      }
    }
    handle.close().block(patience());

    assertThat(all.toByteArray()).isEqualTo(octets(300_000));
  }

  @Test
  default void anOpenFileTellsItsAttributes() {
    put("/file", text("0123456789"));
    FileHandle handle = open("/file", OpenMode.READ);

    assertThat(handle.stat().block(patience()).size()).isEqualTo(10);
    handle.close().block(patience());
  }

  @Test
  default void whatIsNotCommittedIsDiscarded() {
    FileHandle handle = open("/file", OpenMode.write(WriteMode.replace()));
    write(handle, 0, "discarded");
    handle.close().block(patience());

    if (can(Capability.ATOMIC_REPLACE)) {
      assertThat(names("/")).isEmpty();
    }
  }

  @Test
  default void whatIsCommittedTakesItsName() {
    FileHandle handle = open("/file", OpenMode.write(WriteMode.replace()));
    write(handle, 0, "content");
    handle.commit().block(patience());
    handle.close().block(patience());

    assertThat(content("/file")).isEqualTo(text("content"));
  }

  @Test
  default void aNewFileIsMadeOnceWhetherItGrowsInPlaceOrNot() {
    for (boolean atomic : new boolean[] {true, false}) {
      OpenMode mode = OpenMode.write(new WriteMode.CreateNew(atomic));
      FileHandle handle = open("/file" + atomic, mode);
      write(handle, 0, "content");
      handle.commit().block(patience());
      handle.close().block(patience());

      assertThat(content("/file" + atomic)).isEqualTo(text("content"));
      assertRefused(FileError.ALREADY_EXISTS, operations().open(path("/file" + atomic), mode));
    }
  }

  @Test
  default void anOpenFileWritesFromFrontToBack() {
    FileHandle handle = open("/file", OpenMode.write(WriteMode.replace()));
    for (int i = 0; i < 50; i++) {
      write(handle, i * 10L, "0123456789");
    }
    handle.commit().block(patience());
    handle.close().block(patience());

    assertThat(content("/file")).isEqualTo(text("0123456789".repeat(50)));
  }

  @Test
  default void anOpenFileWritesAnywhere() {
    if (!replacesInAnyOrder()) {
      FileHandle handle = open("/file", OpenMode.write(WriteMode.replace()));
      assertRefused(FileError.UNSUPPORTED, handle.write(5, buffer("behind")));
      handle.close().block(patience());
      return;
    }
    FileHandle handle = open("/file", OpenMode.write(WriteMode.replace()));
    write(handle, 5, "56789");
    write(handle, 0, "01234");
    handle.commit().block(patience());
    handle.close().block(patience());

    assertThat(content("/file")).isEqualTo(text("0123456789"));
  }

  @Test
  default void aFileOpenToAppendIgnoresThePosition() {
    put("/file", text("01234"));
    if (!can(Capability.APPEND)) {
      assertRefused(
          FileError.UNSUPPORTED,
          operations().open(path("/file"), OpenMode.write(WriteMode.append())));
      return;
    }
    FileHandle handle = open("/file", OpenMode.write(WriteMode.append()));
    write(handle, 0, "56789");
    handle.commit().block(patience());
    handle.close().block(patience());

    assertThat(content("/file")).isEqualTo(text("0123456789"));
  }

  @Test
  default void readsAndWritesOneOpenFile() {
    put("/file", text("0123456789"));
    OpenMode mode = OpenMode.readWrite(WriteMode.at(0));
    if (!can(Capability.RANDOM_WRITE) || !can(Capability.RANDOM_READ)) {
      assertRefused(FileError.UNSUPPORTED, operations().open(path("/file"), mode));
      return;
    }
    FileHandle handle = open("/file", mode);
    write(handle, 3, "abc");
    assertThat(read(handle, 2, 5)).isEqualTo("2abc6");
    handle.truncate(4).block(patience());
    assertThat(handle.stat().block(patience()).size()).isEqualTo(4);
    handle.sync().block(patience());
    handle.commit().block(patience());
    handle.close().block(patience());

    assertThat(content("/file")).isEqualTo(text("012a"));
  }

  @Test
  default void openingAMissingFileIsRefused() {
    assertRefused(FileError.NOT_FOUND, operations().open(path("/missing"), OpenMode.READ));
  }

  @Test
  default void openingADirectoryIsRefused() {
    makeDirectory("/directory");

    assertRefused(FileError.IS_A_DIRECTORY, operations().open(path("/directory"), OpenMode.READ));
  }

  @Test
  default void closingAFileTwiceIsNoMistake() {
    put("/file", text("x"));
    FileHandle handle = open("/file", OpenMode.READ);

    handle.close().block(patience());
    handle.close().block(patience());
  }

  @Test
  default void aClosedFileIsNotRead() {
    put("/file", text("x"));
    FileHandle handle = open("/file", OpenMode.READ);
    handle.close().block(patience());

    StepVerifier.create(handle.read(0, 1)).expectError(TransferException.class).verify(patience());
  }

  @Test
  default void aClosedSessionRefuses() {
    operations().close().block(patience());

    StepVerifier.create(operations().stat(path("/")))
        .expectError(TransferException.class)
        .verify(patience());
  }

  private FileHandle open(String path, OpenMode mode) {
    FileHandle handle = operations().open(path(path), mode).block(patience());
    assertThat(handle).isNotNull();
    return handle;
  }

  private String read(FileHandle handle, long position, int length) {
    ByteBuf buffer = handle.read(position, length).block(patience());
    if (buffer == null) {
      return "";
    }
    String text = buffer.toString(java.nio.charset.StandardCharsets.UTF_8);
    buffer.release();
    return text;
  }

  private void write(FileHandle handle, long position, String content) {
    handle.write(position, buffer(content)).block(patience());
  }

  private ByteBuf buffer(String content) {
    return ByteBufAllocator.DEFAULT.buffer().writeBytes(text(content));
  }
}
