package dev.sluice.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.Contents;
import dev.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single files between the disk and a tree. */
final class LocalTransfersTest {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final String TEXT = "so much depends upon a red wheelbarrow";

  @TempDir Path disk;
  private StorageSession tree;

  @BeforeEach
  void open() {
    tree = MemoryStorage.create().open(Identity.of("ann")).block(WAIT);
  }

  @AfterEach
  void close() {
    tree.close().block(WAIT);
  }

  @Test
  void aDownloadEndsWithTheDigestOfTheFile() throws Exception {
    put(TEXT);
    Path target = disk.resolve("x.bin");

    Progress last =
        LocalTransfers.download(
                tree, FILE, target, Download.replace().checksum(ChecksumAlgorithm.SHA_256))
            .blockLast(WAIT);

    assertThat(target).hasContent(TEXT);
    assertThat(last.outcome()).isEqualTo(Progress.Outcome.COMPLETE);
    byte[] expected = MessageDigest.getInstance("SHA-256").digest(bytes(TEXT));
    assertThat(last.checksum().toString()).contains(HexFormat.of().formatHex(expected));
  }

  @Test
  void aDownloadThatWasCutGoesOn() throws IOException {
    put(TEXT);
    Path target = Files.writeString(disk.resolve("x.bin"), TEXT.substring(0, 10));

    List<Progress> all =
        LocalTransfers.download(tree, FILE, target, Download.replace().resumable())
            .collectList()
            .block(WAIT);

    assertThat(all).allMatch(record -> record.octets() >= 10);
    assertThat(target).hasContent(TEXT);
  }

  @Test
  void anUploadReplacesWhatHasTheName() throws IOException {
    put("old");
    Path source = Files.writeString(disk.resolve("x.bin"), TEXT);

    LocalTransfers.upload(source, tree, FILE, Upload.replace().inPlace()).blockLast(WAIT);

    assertThat(content()).isEqualTo(TEXT);
  }

  @Test
  void aLinkOnTheDiskStandsForWhatItPointsTo() throws IOException {
    put(TEXT);
    Path elsewhere = Files.createDirectory(disk.resolve("elsewhere"));
    Path real = Files.writeString(elsewhere.resolve("real"), "old");
    Path link = Files.createSymbolicLink(disk.resolve("link"), real);

    LocalTransfers.download(tree, FILE, link, Download.replace()).blockLast(WAIT);

    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent(TEXT);
  }

  @Test
  void aFileThatIsNotThereIsAFailureAndLeavesNothing() {
    Path target = disk.resolve("x.bin");

    assertThatThrownBy(
            () -> LocalTransfers.download(tree, FILE, target, Download.replace()).blockLast(WAIT))
        .isInstanceOfSatisfying(
            FileFailure.class,
            failure -> assertThat(failure.error()).isEqualTo(FileError.NOT_FOUND));
    assertThat(disk).isEmptyDirectory();
  }

  private void put(String text) {
    tree.write(FILE, WriteMode.replace(), Contents.of(text, StandardCharsets.UTF_8)).block(WAIT);
  }

  private String content() {
    byte[] octets = Contents.bytes(tree.read(FILE, ByteRange.all()), 1 << 20).block(WAIT);
    return new String(octets, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
