package dev.sluice.ftp.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import dev.sluice.test.Conforms;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MlsxEntryTest {

  @Test
  @Conforms("FTP-178")
  void anEntryIsFactsOneBlankAndTheName() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("type", "file");
    facts.put("size", "3");

    assertThat(new MlsxEntry(facts, " a b ").format()).isEqualTo("type=file;size=3;  a b ");
    assertThat(new MlsxEntry(Map.of(), "x").format()).isEqualTo(" x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type=file;size=3; name",
        " name",
        "type=dir;perm=; /a path/of its own",
        "a=b=c;  two blanks; and semicolons = signs ",
        "type=OS.unix=slink:/target; link"
      })
  @Conforms({"FTP-178", "FTP-183"})
  void anEntryComesBackAsItWas(String line) {
    assertThat(MlsxEntry.parse(line).orElseThrow().format()).isEqualTo(line);
  }

  @Test
  @Conforms("FTP-183")
  void namesOfFactsAndTypesAreReadInAnyCase() {
    MlsxEntry entry = MlsxEntry.parse("TYPE=CDIR;SiZe=1;X.Own=Value; /").orElseThrow();

    assertThat(entry.isCurrent()).isTrue();
    assertThat(entry.fact("size")).isEqualTo("1");
    assertThat(entry.fact("x.own")).isEqualTo("Value");
  }

  @Test
  @Conforms("FTP-184")
  void whatIsToldIsInTheAttributes() {
    MlsxEntry entry =
        MlsxEntry.parse(
                "type=file;size=5;modify=20240210112000.5;create=20230101000000;unique=aB;"
                    + "UNIX.mode=0100644;UNIX.owner=alice;UNIX.group=staff; f")
            .orElseThrow();

    assertThat(entry.attributes())
        .isEqualTo(
            FileAttributes.of(FileKind.FILE)
                .withSize(5)
                .withModified(Instant.parse("2024-02-10T11:20:00.5Z"))
                .withCreated(Instant.parse("2023-01-01T00:00:00Z"))
                .withIdentity("aB")
                .withPermissions(0644)
                .withOwner("alice", "staff"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "name",
        "type=file;",
        "type=file; ",
        "=x; n",
        ";; n",
        "a;b=c; n",
        "a b=c; n",
        "type=file; a\0b"
      })
  @Conforms("FTP-178")
  void whatIsNoEntryIsNotRead(String line) {
    assertThat(MlsxEntry.parse(line)).isEmpty();
  }

  @Test
  @Conforms("FTP-178")
  void anEntryThatTheWireCannotCarryIsNotMade() {
    assertThatThrownBy(() -> new MlsxEntry(Map.of(), "a\nb"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MlsxEntry(Map.of("size", "1;2"), "a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MlsxEntry(Map.of("si ze", "1"), "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type=file;size=5 name",
        "type=file;size=5;\tname",
        "type=file;;size=5; name",
        "type=file;perm;size=5; name"
      })
  void whatServersOfOldDraftsSendIsReadAllTheSame(String line) {
    MlsxEntry entry = MlsxEntry.parse(line).orElseThrow();

    assertThat(entry.name()).isEqualTo("name");
    assertThat(entry.attributes()).isEqualTo(FileAttributes.of(FileKind.FILE).withSize(5));
  }

  @Test
  void moreThanAHundredFactsAreNoEntry() {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i <= 100; i++) {
      line.append('f').append(i).append("=;");
    }

    assertThat(MlsxEntry.parse(line + " name")).isEmpty();
  }

  @Test
  void aNameMayHoldACarriageReturn() {
    assertThat(MlsxEntry.parse("type=file; a\rb"))
        .hasValueSatisfying(entry -> assertThat(entry.name()).isEqualTo("a\rb"));
  }
}
