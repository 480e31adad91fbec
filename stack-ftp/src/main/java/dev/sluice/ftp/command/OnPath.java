package dev.sluice.ftp.command;

import dev.sluice.ftp.reply.Refusal;

/**
 * A command about one pathname: {@code RETR}, {@code CWD}, {@code MLST}…
 *
 * @param path as the client wrote it; empty where the verb lets it be left out
 */
public record OnPath(Verb verb, String path) implements FtpCommand {

  static OnPath required(Verb verb, String argument) {
    if (argument.isEmpty()) {
      throw Refusal.syntax(verb, "pathname");
    }
    return new OnPath(verb, argument);
  }

  static OnPath optional(Verb verb, String argument) {
    return new OnPath(verb, argument);
  }

  @Override
  public String argument() {
    return path;
  }
}
