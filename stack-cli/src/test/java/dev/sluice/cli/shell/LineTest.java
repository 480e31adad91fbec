package dev.sluice.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.status.UsageError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a line of the shell says, and where it is kept. */
final class LineTest {
  @TempDir Path home;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "get a b,get|a|b",
        "  get\t'a b'  ,get|a b",
        "get \"a 'b'\" c,get|a 'b'|c",
        "get a\\ b,get|a b",
        "get 'a\\b',get|a\\b",
        "ls # all,ls",
        "ls a#b,ls|a#b",
        "ls '',ls|",
        "# nothing,``"
      })
  void wordsEndWhereAPersonMeans(String text, String words) {
    assertThat(String.join("|", Line.parse(text).words())).isEqualTo(words);
  }

  @Test
  void onlyWhatIsNotQuotedIsAPattern() {
    Line line = Line.parse("get *.csv 'x*' y\\? 'a*'b* plain");

    assertThat(line.words()).containsExactly("get", "*.csv", "x*", "y?", "a*b*", "plain");
    assertThat(line.literal()).containsExactlyInAnyOrder("x*", "y?");
  }

  @Test
  void aQuoteThatIsOpenIsAnError() {
    assertThatThrownBy(() -> Line.parse("rm 'x")).isInstanceOf(UsageError.class);
  }

  @Test
  void noPasswordIsKeptAndNobodyElseReadsTheRest() throws Exception {
    StringWriter err = new StringWriter();
    Path file = PrivateHistory.file(home.resolve("state").toString(), home);
    assertThat(file).isEqualTo(home.resolve("state/sluice/history"));
    assertThat(PrivateHistory.file("relative", home))
        .isEqualTo(home.resolve(".local/state/sluice/history"));

    assertThat(PrivateHistory.prepared(file, new PrintWriter(err))).isEqualTo(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    PrivateHistory history = new PrivateHistory();
    history.add(Instant.EPOCH, "cp a sftp://bob:s3cret@host/in");
    history.add(Instant.EPOCH, "cp a sftp://bob@host/in");
    assertThat(history.size()).isEqualTo(1);
    assertThat(PrivateHistory.prepared(Path.of("/dev/null/x"), new PrintWriter(err, true)))
        .isNull();
    assertThat(err.toString()).contains("no history is kept");
  }
}
