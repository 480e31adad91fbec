package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileError;
import dev.sluice.api.RunningChecksum;
import dev.sluice.api.Space;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What every tree tells of files, and lets be set. */
public interface AttributesContract extends TreeUnderTest {
  Instant THEN = Instant.parse("2001-02-03T04:05:06Z");

  @Test
  default void aNewFileWasModifiedJustNow() {
    Instant before = Instant.now().minus(2, ChronoUnit.MINUTES);

    put("/file", octets(1));

    assertThat(stat("/file").attributes().modified())
        .isBetween(before, Instant.now().plus(2, ChronoUnit.MINUTES));
  }

  @Test
  default void theTimeOfTheLastChangeCanBeSet() {
    put("/file", octets(10));
    AttributeChange change = AttributeChange.none().withModified(THEN);
    if (!can(Capability.SET_MODIFIED)) {
      assertRefused(FileError.UNSUPPORTED, operations().setAttributes(path("/file"), change));
      return;
    }
    operations().setAttributes(path("/file"), change).block(patience());

    assertThat(stat("/file").attributes().modified()).isEqualTo(THEN);
    assertThat(content("/file")).isEqualTo(octets(10));
  }

  @Test
  default void theTimeOfADirectoryCanBeSet() {
    makeDirectory("/directory");
    AttributeChange change = AttributeChange.none().withModified(THEN);
    if (!can(Capability.SET_MODIFIED)) {
      assertRefused(FileError.UNSUPPORTED, operations().setAttributes(path("/directory"), change));
      return;
    }
    operations().setAttributes(path("/directory"), change).block(patience());

    assertThat(stat("/directory").attributes().modified()).isEqualTo(THEN);
  }

  @Test
  default void theTimeOfBirthCanBeSet() {
    put("/file", octets(10));
    AttributeChange change = AttributeChange.none().withCreated(THEN);
    if (!can(Capability.SET_CREATED)) {
      assertRefused(FileError.UNSUPPORTED, operations().setAttributes(path("/file"), change));
      return;
    }
    operations().setAttributes(path("/file"), change).block(patience());

    assertThat(stat("/file").attributes().created()).isEqualTo(THEN);
  }

  @Test
  default void permissionsCanBeSet() {
    put("/file", octets(10));
    AttributeChange change = AttributeChange.none().withPermissions(0640);
    if (!can(Capability.SET_PERMISSIONS)) {
      assertRefused(FileError.UNSUPPORTED, operations().setAttributes(path("/file"), change));
      return;
    }
    operations().setAttributes(path("/file"), change).block(patience());

    assertThat(stat("/file").attributes().permissions()).isEqualTo(0640);
  }

  @Test
  default void aReplacedFileKeepsItsPermissions() {
    put("/file", octets(10));
    if (can(Capability.SET_PERMISSIONS) && can(Capability.ATOMIC_REPLACE)) {
      AttributeChange change = AttributeChange.none().withPermissions(0604);
      operations().setAttributes(path("/file"), change).block(patience());
    }
    int before = stat("/file").attributes().permissions();

    put("/file", octets(20));

    assertThat(stat("/file").attributes().permissions()).isEqualTo(before);
  }

  @Test
  default void aFileCanBeCutAndExtended() {
    put("/file", octets(100));
    AttributeChange shorter = AttributeChange.none().withSize(10);
    if (!can(Capability.SET_SIZE)) {
      assertRefused(FileError.UNSUPPORTED, operations().setAttributes(path("/file"), shorter));
      return;
    }
    operations().setAttributes(path("/file"), shorter).block(patience());
    assertThat(content("/file")).isEqualTo(Arrays.copyOf(octets(100), 10));

    operations()
        .setAttributes(path("/file"), AttributeChange.none().withSize(50))
        .block(patience());
    assertThat(content("/file")).isEqualTo(Arrays.copyOf(Arrays.copyOf(octets(100), 10), 50));
  }

  @Test
  default void attributesOfAMissingFileAreNotSet() {
    AttributeChange change =
        can(Capability.SET_MODIFIED)
            ? AttributeChange.none().withModified(THEN)
            : AttributeChange.none();

    assertRefused(FileError.NOT_FOUND, operations().setAttributes(path("/missing"), change));
  }

  @Test
  default void aChecksumCoversTheWholeFile() {
    put("/file", octets(300_000));
    if (!can(Capability.CHECKSUM)) {
      assertRefused(FileError.UNSUPPORTED, sum(ChecksumAlgorithm.SHA_256, ByteRange.all()));
      return;
    }
    Checksum sum = sum(ChecksumAlgorithm.SHA_256, ByteRange.all()).block(patience());

    assertThat(sum).isEqualTo(expected(ChecksumAlgorithm.SHA_256, octets(300_000)));
  }

  @Test
  default void aChecksumCoversARange() {
    put("/file", octets(300_000));
    ByteRange range = ByteRange.of(1000, 2000);
    if (!can(Capability.CHECKSUM)) {
      assertRefused(FileError.UNSUPPORTED, sum(ChecksumAlgorithm.CRC32, range));
      return;
    }
    byte[] part = Arrays.copyOfRange(octets(300_000), 1000, 3000);

    assertThat(sum(ChecksumAlgorithm.CRC32, range).block(patience()))
        .isEqualTo(expected(ChecksumAlgorithm.CRC32, part));
  }

  @Test
  default void aChecksumOfAMissingFileIsRefused() {
    FileError expected = can(Capability.CHECKSUM) ? FileError.NOT_FOUND : FileError.UNSUPPORTED;

    assertRefused(expected, sum(ChecksumAlgorithm.CRC32, ByteRange.all()));
  }

  @Test
  default void theFreeSpaceIsTold() {
    if (!can(Capability.SPACE)) {
      assertRefused(FileError.UNSUPPORTED, operations().space(path("/")));
      return;
    }
    Space space = operations().space(path("/")).block(patience());

    assertThat(space.total()).isPositive();
    assertThat(space.free()).isBetween(0L, space.total());
  }

  @Test
  default void aFileIsCopiedInsideTheTree() {
    put("/file", octets(200_000));
    if (!can(Capability.COPY)) {
      assertRefused(FileError.UNSUPPORTED, operations().copy(path("/file"), path("/copy")));
      return;
    }
    put("/copy", text("replaced"));

    operations().copy(path("/file"), path("/copy")).block(patience());

    assertThat(content("/copy")).isEqualTo(octets(200_000));
    assertThat(content("/file")).isEqualTo(octets(200_000));
  }

  @Test
  default void copyingAMissingFileIsRefused() {
    FileError expected = can(Capability.COPY) ? FileError.NOT_FOUND : FileError.UNSUPPORTED;

    assertRefused(expected, operations().copy(path("/missing"), path("/copy")));
    assertThat(names("/")).isEmpty();
  }

  private reactor.core.publisher.Mono<Checksum> sum(ChecksumAlgorithm algorithm, ByteRange range) {
    return operations().checksum(path("/file"), algorithm, range);
  }

  private static Checksum expected(ChecksumAlgorithm algorithm, byte[] octets) {
    return RunningChecksum.of(algorithm).update(ByteBuffer.wrap(octets)).finish();
  }
}
