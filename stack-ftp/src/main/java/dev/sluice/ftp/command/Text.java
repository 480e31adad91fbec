package dev.sluice.ftp.command;

import dev.sluice.ftp.reply.Refusal;

/** A command whose argument is words for the handler to read: {@code USER}, {@code OPTS}, … */
public record Text(Verb verb, String text) implements FtpCommand {

  static Text required(Verb verb, String argument) {
    if (argument.isBlank()) {
      throw Refusal.syntax(verb, "argument");
    }
    return new Text(verb, argument);
  }

  static Text optional(Verb verb, String argument) {
    return new Text(verb, argument);
  }

  @Override
  public String argument() {
    return text;
  }
}
