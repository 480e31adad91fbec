package dev.sluice.test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is logged until it is closed; goes on to standard error as ever. */
public final class LogLines implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  public LogLines() {
    System.setErr(new PrintStream(new Both(), true, StandardCharsets.UTF_8));
  }

  /** All lines until now. */
  public List<String> lines() {
    return kept.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Override
  public void close() {
    System.setErr(before);
  }

  private final class Both extends java.io.OutputStream {
    @Override
    public void write(int octet) {
      kept.write(octet);
      before.write(octet);
    }

    @Override
    public void write(byte[] octets, int from, int length) {
      kept.write(octets, from, length);
      before.write(octets, from, length);
    }
  }
}
