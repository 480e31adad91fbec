package dev.sluice.ftp.command;

import dev.sluice.ftp.reply.Refusal;
import java.util.Locale;

/**
 * Asks the server to listen: {@code EPSV [1|2|ALL]} (RFC 2428 section 3).
 *
 * @param family what was asked for
 */
public record Epsv(Family family) implements FtpCommand {

  /** The network protocol of the data connection. */
  public enum Family {
    /** That of the control connection. */
    SAME(""),
    IPV4("1"),
    IPV6("2"),
    /** No listener: only EPSV will be used from here on. */
    ALL("ALL");

    private final String argument;

    Family(String argument) {
      this.argument = argument;
    }
  }

  static Epsv decode(Verb verb, String argument) {
    String word = argument.trim().toUpperCase(Locale.ROOT);
    for (Family family : Family.values()) {
      if (family.argument.equals(word)) {
        return new Epsv(family);
      }
    }
    if (word.matches("[0-9]{1,5}")) {
      throw new Refusal(522, "Network protocol not supported, use (1,2)");
    }
    throw Refusal.syntax(verb, "[1|2|ALL]");
  }

  @Override
  public Verb verb() {
    return Verb.EPSV;
  }

  @Override
  public String argument() {
    return family.argument;
  }
}
