package dev.sluice.ftp.command;

import dev.sluice.ftp.reply.Refusal;
import java.time.Instant;

/**
 * Sets a time of a file: {@code MFMT time path}, {@code MFCT time path} (draft-somers-ftp-mfxx
 * sections 3 and 4).
 */
public record SetTime(Verb verb, Instant time, String path) implements FtpCommand {

  /** Whether {@code argument} is a time and a path, as MDTM may have it. */
  public static boolean isOne(String argument) {
    int space = argument.indexOf(' ');
    return space > 0
        && space < argument.length() - 1
        && FileTime.parse(argument.substring(0, space)).isPresent();
  }

  /** The command in an argument of MDTM for which {@link #isOne} is true. */
  public static SetTime of(String argument) {
    return decode(Verb.MFMT, argument);
  }

  static SetTime decode(Verb verb, String argument) {
    int space = argument.indexOf(' ');
    if (space < 0 || space == argument.length() - 1) {
      throw Refusal.syntax(verb, "YYYYMMDDHHMMSS pathname");
    }
    String time = argument.substring(0, space);
    if (!time.matches(FileTime.PATTERN)) {
      throw Refusal.syntax(verb, "YYYYMMDDHHMMSS pathname");
    }
    Instant instant =
        FileTime.parse(time).orElseThrow(() -> new Refusal(501, "No such date: " + time));
    return new SetTime(verb, instant, argument.substring(space + 1));
  }

  @Override
  public String argument() {
    return FileTime.format(time) + " " + path;
  }
}
