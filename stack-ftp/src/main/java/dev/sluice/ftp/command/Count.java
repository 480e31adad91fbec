package dev.sluice.ftp.command;

import dev.sluice.ftp.reply.Refusal;

/**
 * A command with one decimal number: {@code REST}, {@code PBSZ}.
 *
 * @param value from 0 to 2^63-1
 */
public record Count(Verb verb, long value) implements FtpCommand {

  static Count decode(Verb verb, String argument) {
    if (!argument.matches("[0-9]{1,19}")) {
      throw Refusal.syntax(verb, "number of 1 to 19 digits");
    }
    try {
      return new Count(verb, Long.parseLong(argument));
    } catch (NumberFormatException e) {
      throw Refusal.syntax(verb, "number below 2^63");
    }
  }

  @Override
  public String argument() {
    return Long.toString(value);
  }
}
