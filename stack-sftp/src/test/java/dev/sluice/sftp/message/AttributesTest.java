package dev.sluice.sftp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.SftpAttributes.Owner;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The structure ATTRS. */
final class AttributesTest {
  private static final Dialect V3 = Dialect.of(SftpVersion.V3);

  @Test
  @Conforms({"SFTP-014", "SFTP-017"})
  void version3HasItsFieldsInTheOrderOfTheDraft() {
    SftpAttributes attributes =
        SftpAttributes.NONE
            .withType(FileType.REGULAR)
            .withSize(11L)
            .withOwner(new Owner("0", "1"))
            .withPermissions(0644)
            .withTimes(Instant.ofEpochSecond(1_000_000_000), Instant.ofEpochSecond(1_234_567_890));

    assertThat(hex(attributes, V3))
        .isEqualTo(
            "0000000f"
                + "000000000000000b"
                + "00000000"
                + "00000001"
                + "000081a4"
                + "3b9aca00"
                + "499602d2");
    assertThat(read("00000004000041ed", V3).type()).isEqualTo(FileType.DIRECTORY);
    assertThat(read("00000004000041ed", V3).permissions()).isEqualTo(0755);
  }

  @ParameterizedTest
  @CsvSource({"V3, 00000010", "V4, 00000202", "V5, 00000402", "V6, 00010000"})
  @Conforms({"SFTP-015", "SFTP-102"})
  void aFlagThatTheVersionDoesNotHaveMakesTheStructureUnreadable(
      SftpVersion version, String flags) {
    assertThatThrownBy(() -> read(flags + "05" + "00".repeat(40), Dialect.of(version)))
        .isInstanceOf(SshViolation.class);
  }

  @Test
  @Conforms("SFTP-016")
  void aCountOfPairsAboveWhatIsThereIsRefused() {
    assertThatThrownBy(() -> read("80000000ffffffff0000000000000000", V3))
        .isInstanceOf(SshViolation.class);
    assertThat(read("80000000" + "00000001" + "0000000178" + "00000000", V3).extended())
        .singleElement()
        .satisfies(pair -> assertThat(pair.name()).isEqualTo("x"));
  }

  @Test
  @Conforms("SFTP-018")
  void timesThatVersion3CannotHoldAreClamped() {
    SftpAttributes attributes =
        SftpAttributes.NONE.withTimes(
            Instant.ofEpochSecond(-1), Instant.ofEpochSecond(0x1_0000_0000L));

    assertThat(hex(attributes, V3)).isEqualTo("00000008" + "00000000" + "ffffffff");
  }

  @Test
  @Conforms("SFTP-019")
  void whatIsAbsentIsNotZero() {
    SftpAttributes read = read("00000000", V3);

    assertThat(read).isEqualTo(SftpAttributes.NONE);
    assertThat(read.size()).isNull();
    assertThat(read.owner()).isNull();
    assertThat(read.permissions()).isNull();
    assertThat(read.modified()).isNull();
  }

  @Test
  void namesOfOwnersDoNotTravelInVersion3() {
    assertThat(hex(SftpAttributes.NONE.withOwner(new Owner("ann", "staff")), V3))
        .isEqualTo("00000000");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "V3")
  @Conforms({"SFTP-102", "SFTP-103"})
  void laterVersionsHaveTheTypeFirstAndPermissionsAtFour(SftpVersion version) {
    SftpAttributes attributes =
        SftpAttributes.NONE.withType(FileType.SYMLINK).withPermissions(0777);

    assertThat(hex(attributes, Dialect.of(version))).isEqualTo("00000004" + "03" + "000001ff");
  }

  @ParameterizedTest
  @CsvSource({"V4, 04", "V5, 09", "V6, 09"})
  void version4HasFewerTypes(SftpVersion version, String type) {
    assertThat(hex(SftpAttributes.NONE.withType(FileType.FIFO), Dialect.of(version)))
        .isEqualTo("00000000" + type);
  }

  @Test
  @Conforms({"SFTP-102", "SFTP-104"})
  void nanosecondsFollowTheirOwnTime() {
    SftpAttributes attributes =
        SftpAttributes.NONE.withTimes(Instant.ofEpochSecond(1, 2), Instant.ofEpochSecond(3));

    assertThat(hex(attributes, Dialect.of(SftpVersion.V4)))
        .isEqualTo(
            "00000128" + "05" + "0000000000000001" + "00000002" + "0000000000000003" + "00000000");
    assertThatThrownBy(
            () ->
                read(
                    "00000108" + "05" + "0000000000000001" + "3b9aca00",
                    Dialect.of(SftpVersion.V4)))
        .isInstanceOf(SshViolation.class);
  }

  @Test
  @Conforms("SFTP-104")
  void version6HasItsFieldsInTheOrderOfTheDraft() {
    String hex = hex(Samples.attributes(SftpVersion.V6), Dialect.of(SftpVersion.V6));

    assertThat(hex).startsWith("8000ffff".replace("ffff", "fffd") + "02" + "0000010000000000");
    assertThat(hex)
        .containsSubsequence(
            "0000000000001000", // allocation-size
            "616e6e406578616d706c652e636f6d", // owner
            "000003ed", // permissions
            "fffffffffffffffb00000007", // atime
            "000000000000000300000000", // createtime
            "00000002000000003b9ac9ff", // mtime
            "000000000000000900000000", // ctime
            "4f574e455240", // acl
            "0000000300000007", // attribute bits and their mask
            "01", // text hint
            "746578742f706c61696e", // MIME type
            "00000002", // link count
            "00000001ff", // untranslated name
            "00000001"); // extended
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "V3")
  @Conforms("SFTP-105")
  void anAclIsReadBack(SftpVersion version) {
    Acl acl =
        new Acl(
            version == SftpVersion.V6 ? 5 : 0,
            List.of(new Acl.Entry(1, 2, 3, "EVERYONE@"), new Acl.Entry(4, 5, 6, "ann@host")));

    assertThat(Acl.decode(acl.encode(version), version)).isEqualTo(acl);
    assertThatThrownBy(() -> Acl.decode(HexFormat.of().parseHex("ffffffffffffffff0000"), version))
        .isInstanceOf(SshViolation.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1, READ_DATA, OPEN_EXISTING",
    "0, READ_DATA, OPEN_EXISTING",
    "2, WRITE_DATA, OPEN_EXISTING",
    "26, WRITE_DATA, CREATE_TRUNCATE",
    "42, WRITE_DATA, CREATE_NEW",
    "34, WRITE_DATA, OPEN_EXISTING",
    "10, WRITE_DATA, OPEN_OR_CREATE",
    "18, WRITE_DATA, TRUNCATE_EXISTING"
  })
  @Conforms({"SFTP-021", "SFTP-022", "SFTP-108"})
  void pflagsSayWhatTheLaterFlagsSay(int pflags, String access, OpenHow.Disposition disposition) {
    OpenHow how = OpenHow.fromPflags(pflags);

    assertThat(how.reads()).isEqualTo(access.equals("READ_DATA"));
    assertThat(how.writes()).isEqualTo(access.equals("WRITE_DATA"));
    assertThat(how.disposition()).isEqualTo(disposition);
  }

  @Test
  @Conforms({"SFTP-048", "SFTP-119"})
  void noVersionGetsACodeThatItDoesNotHave() {
    int[] last = {8, 13, 17, 31};
    for (SftpVersion version : SftpVersion.values()) {
      for (StatusCode code : StatusCode.values()) {
        assertThat(code.in(version).number())
            .as("%s in %s", code, version)
            .isLessThanOrEqualTo(last[version.number() - 3])
            .isNotIn(6, 7);
      }
    }
    assertThat(StatusCode.of(31)).contains(StatusCode.NO_MATCHING_BYTE_RANGE_LOCK);
    assertThat(StatusCode.of(32)).isEmpty();
    for (StatusCode code : StatusCode.values()) {
      assertThat(StatusCode.of(code.number())).contains(code);
    }
  }

  private static String hex(SftpAttributes attributes, Dialect dialect) {
    ByteBuf out = Unpooled.buffer();
    AttributesCodec.write(out, attributes, dialect);
    return ByteBufUtil.hexDump(out);
  }

  private static SftpAttributes read(String hex, Dialect dialect) {
    return AttributesCodec.read(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)), dialect);
  }
}
