package dev.sluice.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileKind;
import dev.sluice.api.RemotePath;
import dev.sluice.cli.output.Paint.When;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Colours on a terminal, and nowhere else unless asked for. */
final class PaintTest {
  @Test
  void colorsAreForTerminalsThatShowThem() {
    assertThat(on(When.AUTO, true, Map.of("TERM", "xterm"))).isTrue();
    assertThat(on(When.AUTO, true, Map.of())).isTrue();
    assertThat(on(When.AUTO, false, Map.of("TERM", "xterm"))).isFalse();
    assertThat(on(When.AUTO, true, Map.of("TERM", "dumb"))).isFalse();
  }

  @Test
  void noColorIsObeyedUnlessTheCommandLineSaysOtherwise() {
    Map<String, String> without = Map.of("NO_COLOR", "1");
    assertThat(on(When.AUTO, true, without)).isFalse();
    assertThat(on(When.AUTO, true, Map.of("NO_COLOR", ""))).isTrue();
    assertThat(on(When.ALWAYS, false, without)).isTrue();
    assertThat(on(When.NEVER, true, Map.of())).isFalse();
  }

  @Test
  void aNameHasTheColorOfItsKind() {
    Paint paint = new Paint(true);
    FileAttributes file = FileAttributes.of(FileKind.FILE);
    assertThat(paint.name(FileAttributes.of(FileKind.DIRECTORY), "d"))
        .isEqualTo("\u001b[34md\u001b[0m");
    assertThat(paint.name(FileAttributes.of(FileKind.SYMBOLIC_LINK), "l"))
        .isEqualTo("\u001b[36ml\u001b[0m");
    assertThat(paint.name(file, "f")).isEqualTo("f");
    assertThat(paint.name(file.withPermissions(0755), "p")).isEqualTo("\u001b[32mp\u001b[0m");
    assertThat(paint.failure("no")).isEqualTo("\u001b[31mno\u001b[0m");
    assertThat(Paint.NONE.failure("no")).isEqualTo("no");
  }

  @Test
  void aNameCannotColorAnything() {
    FileEntry forged =
        new FileEntry(RemotePath.of("/\u001b[31mx"), FileAttributes.of(FileKind.DIRECTORY));
    assertThat(LongLine.of(forged, new Paint(true)))
        .contains("\u001b[34m")
        .doesNotContain("\u001b[31m");
    assertThat(LongLine.of(forged, Paint.NONE)).doesNotContain("\u001b");
  }

  private static boolean on(When when, boolean terminal, Map<String, String> variables) {
    return Paint.of(when, terminal, variables).on();
  }
}
