package dev.sluice.cli;

/** Entry point of the {@code sluice} command. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] args) {
    System.err.println("sluice: no command yet");
    System.exit(2);
  }
}
