package dev.sluice.ftp.command;

import dev.sluice.ftp.reply.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Announces a size: {@code ALLO n [R m]} (RFC 959 section 4.1.3).
 *
 * @param octets size of the file to come
 */
public record Allo(long octets) implements FtpCommand {
  private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,18})(?: [Rr] [0-9]{1,18})?");

  static Allo decode(Verb verb, String argument) {
    Matcher matcher = SYNTAX.matcher(argument);
    if (!matcher.matches()) {
      throw Refusal.syntax(verb, "octets [R record-octets]");
    }
    return new Allo(Long.parseLong(matcher.group(1)));
  }

  @Override
  public Verb verb() {
    return Verb.ALLO;
  }

  @Override
  public String argument() {
    return Long.toString(octets);
  }
}
