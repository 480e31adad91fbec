package dev.sluice.ftp.command;

import dev.sluice.ftp.reply.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks for a digest: {@code XCRC|XMD5|XSHA… path [start [end]]}, the path in double quotes or not
 * (practice).
 *
 * @param start first octet
 * @param end the octet after the last; {@link Long#MAX_VALUE} = end of file
 */
public record Digest(Verb verb, String path, long start, long end) implements FtpCommand {
  private static final String RANGE = "(?: ([0-9]{1,18})(?: ([0-9]{1,18}))?)?";
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]++|\"\")++)\"" + RANGE);
  private static final Pattern PLAIN = Pattern.compile("([^ ].*?)" + RANGE, Pattern.DOTALL);

  static Digest decode(Verb verb, String argument) {
    Matcher quoted = QUOTED.matcher(argument);
    if (quoted.matches()) {
      return of(verb, quoted.group(1).replace("\"\"", "\""), quoted);
    }
    Matcher plain = PLAIN.matcher(argument);
    if (!plain.matches()) {
      throw Refusal.syntax(verb, "pathname [start [end]]");
    }
    return of(verb, plain.group(1), plain);
  }

  private static Digest of(Verb verb, String path, Matcher range) {
    long start = range.group(2) == null ? 0 : Long.parseLong(range.group(2));
    long end = range.group(3) == null ? Long.MAX_VALUE : Long.parseLong(range.group(3));
    if (end < start) {
      throw new Refusal(501, "The end lies before the start");
    }
    return new Digest(verb, path, start, end);
  }

  @Override
  public String argument() {
    String quoted = "\"" + path.replace("\"", "\"\"") + "\"";
    if (end != Long.MAX_VALUE) {
      return quoted + " " + start + " " + end;
    }
    return start == 0 ? quoted : quoted + " " + start;
  }
}
