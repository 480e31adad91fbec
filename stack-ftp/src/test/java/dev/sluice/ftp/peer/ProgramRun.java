package dev.sluice.ftp.peer;

import java.time.Duration;
import java.util.List;

/**
 * What a program did that ran to its end.
 *
 * @param command its command line, without secrets' being hidden: peers have none worth hiding
 * @param exitCode 0 when it says that all went well
 * @param stdout its standard output as UTF-8
 * @param stderr its standard error as UTF-8
 * @param took from its start to its end
 */
public record ProgramRun(
    List<String> command, int exitCode, String stdout, String stderr, Duration took) {

  /** Returns this run, or throws {@link PeerFailure} with its output when it failed. */
  public ProgramRun requireSuccess() {
    if (exitCode != 0) {
      throw new PeerFailure(toString());
    }
    return this;
  }

  /** The output lines without the empty ones. */
  public List<String> lines() {
    return stdout.lines().filter(line -> !line.isBlank()).toList();
  }

  @Override
  public String toString() {
    return String.join(" ", command)
        + "\nended with "
        + exitCode
        + " after "
        + took.toMillis()
        + " ms\n"
        + stdout
        + stderr;
  }
}
