package dev.sluice.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.Progress;
import dev.sluice.client.transfer.Progress.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Lines that are drawn over, and what is printed above them. */
final class DisplayTest {
  private final StringWriter terminal = new StringWriter();
  private final PrintWriter err = new PrintWriter(terminal);
  private final Board board = new Board(() -> 0);
  private final Display display = new Display(board, err, () -> new Terminal.Size(10, 60));

  @Test
  void theSameLinesAreDrawnOver() {
    board.add(at("/a", 1));
    board.add(at("/b", 1));
    display.draw();
    assertThat(drawn()).startsWith("\r").contains("a  ", "b  ", "0 files, 2 in flight");

    display.draw();
    assertThat(drawn()).startsWith("\u001b[2A\r");

    board.add(new Progress(RemotePath.of("/a"), 10, 10, Outcome.COMPLETE));
    display.draw();
    assertThat(drawn()).startsWith("\u001b[2A\r").endsWith("\u001b[J");
  }

  @Test
  void whatIsPrintedStaysAboveTheLines() {
    PrintWriter above = display.above(err);
    board.add(at("/a", 1));
    display.draw();
    drawn();

    above.print("half");
    assertThat(drawn()).isEmpty();
    above.println(" a line");
    assertThat(drawn()).isEqualTo("\r\u001b[Jhalf a line\n");
    display.draw();
    assertThat(drawn()).startsWith("\ra ");
  }

  @Test
  void nothingStaysButTheLineOfASingleFile() {
    board.add(at("/a", 1));
    display.draw();
    drawn();
    board.add(new Progress(RemotePath.of("/a"), 10, 10, Outcome.COMPLETE));
    display.close();
    assertThat(drawn()).startsWith("\r\u001b[Ja ").contains("100%").endsWith("\n");

    display.draw();
    display.close();
    assertThat(drawn()).isEmpty();
  }

  private String drawn() {
    err.flush();
    String text = terminal.toString();
    terminal.getBuffer().setLength(0);
    return text;
  }

  private static Progress at(String path, long octets) {
    return new Progress(RemotePath.of(path), octets, 10, Outcome.RUNNING);
  }
}
