package dev.sluice.ftp.command;

import dev.sluice.ftp.reply.Refusal;

/** A command without argument: {@code PWD}, {@code PASV}, {@code ABOR}… */
public record Bare(Verb verb) implements FtpCommand {

  /** Tolerates an argument, as servers do. */
  static Bare lenient(Verb verb, String argument) {
    return new Bare(verb);
  }

  /** Refuses an argument (FEAT, RFC 2389 section 3.2). */
  static Bare strict(Verb verb, String argument) {
    if (!argument.isEmpty()) {
      throw new Refusal(501, verb + " takes no argument");
    }
    return new Bare(verb);
  }

  @Override
  public String argument() {
    return "";
  }
}
