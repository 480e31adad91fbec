package dev.sluice.cli.output;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps a {@link Board} at the bottom of a terminal while transfers run. What is printed meanwhile
 * goes above it. Drawing has a thread of its own, so that a slow terminal holds up no transfer.
 */
public final class Display implements AutoCloseable {
  private static final long REDRAW_MILLIS = 200;

  /** Files shown at most; a higher terminal shows no more. */
  private static final int MOST_ROWS = 17;

  private static final String CLEAR = "\r\u001b[J";
  private static final String CLEAR_LINE = "\u001b[K";

  private final Board board;
  private final PrintWriter terminal;
  private final Supplier<Terminal.Size> size;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "sluice-progress");
  private final Thread hook = new Thread(this::stop, "sluice-progress-end");
  private int drawn;

  /**
   * @param terminal what is drawn on
   * @param size asked for now and then, since a person may change it
   */
  Display(Board board, PrintWriter terminal, Supplier<Terminal.Size> size) {
    this.board = board;
    this.terminal = terminal;
    this.size = size;
    thread.setDaemon(true);
  }

  /** Begins to draw; ends with {@link #close}, or with the process. */
  public static Display start(Board board, PrintWriter terminal) {
    Display display = new Display(board, terminal, Terminal::size);
    Runtime.getRuntime().addShutdownHook(display.hook);
    display.thread.start();
    return display;
  }

  /** Prints to {@code target}, which may be the same terminal, without touching the lines. */
  public PrintWriter above(PrintWriter target) {
    return new PrintWriter(new Above(target), true);
  }

  private void run() {
    try {
      while (!ended.await(REDRAW_MILLIS, TimeUnit.MILLISECONDS)) {
        draw();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Draws the board over what was drawn before. */
  void draw() {
    Terminal.Size now = size.get();
    synchronized (this) {
      if (ended.getCount() == 0) {
        return;
      }
      List<String> lines = board.lines(now.columns(), Math.min(MOST_ROWS, now.rows() - 1));
      if (lines.isEmpty() && drawn == 0) {
        return;
      }
      StringBuilder text = new StringBuilder(up());
      text.append('\r').append(String.join(CLEAR_LINE + "\n", lines)).append(CLEAR_LINE);
      if (lines.size() < drawn) {
        text.append("\u001b[J");
      }
      drawn = lines.size();
      terminal.print(text);
      terminal.flush();
    }
  }

  private String up() {
    return drawn > 1 ? "\u001b[" + (drawn - 1) + "A" : "";
  }

  private synchronized void erase() {
    if (drawn > 0) {
      terminal.print(up() + CLEAR);
      terminal.flush();
      drawn = 0;
    }
  }

  private synchronized void stop() {
    erase();
    ended.countDown();
  }

  /** Takes the lines away; that of a single file stays. */
  @Override
  public void close() {
    int columns = size.get().columns();
    boolean first;
    synchronized (this) {
      first = ended.getCount() > 0;
      stop();
    }
    String single = board.single(columns);
    if (first && single != null) {
      terminal.println(single);
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending.
    }
  }

  /** Hands over whole lines only: half a line would be drawn over. */
  private final class Above extends Writer {
    private final PrintWriter target;
    private final StringBuilder begun = new StringBuilder();

    Above(PrintWriter target) {
      this.target = target;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      synchronized (Display.this) {
        begun.append(text, offset, length);
        int end = begun.lastIndexOf("\n") + 1;
        if (end > 0) {
          erase();
          target.print(begun.substring(0, end));
          target.flush();
          begun.delete(0, end);
          if (target.checkError()) {
            throw new IOException("nobody reads any more");
          }
        }
      }
    }

    @Override
    public void flush() {
      target.flush();
    }

    @Override
    public void close() {
      target.print(begun);
      target.flush();
    }
  }
}
