package dev.sluice.docs.walk;

import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.Verb;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes lines of FTP apart, and what goes over data connections. */
final class FtpLines {
  private FtpLines() {}

  /** {@code VERB SP argument CR LF}; what follows PASS and ACCT is masked. */
  static List<String> command(byte[] line) {
    String text = new String(line, 0, line.length - 2, StandardCharsets.UTF_8);
    int space = text.indexOf(' ');
    String word = space < 0 ? text : text.substring(0, space);
    Verb verb = Verb.named(word).orElseThrow();
    FtpCommand read = verb.decode(space < 0 ? "" : text.substring(space + 1));
    Fields fields = new Fields(line).text(word.length(), "verb");
    if (space >= 0) {
      int argument = line.length - 2 - word.length() - 1;
      fields.text(1, "SP");
      if (verb == Verb.PASS || verb == Verb.ACCT) {
        fields.secret(argument, "argument");
      } else {
        fields.text(argument, "argument");
      }
    }
    List<String> rows = new ArrayList<>();
    rows.add(Side.CLIENT.arrow() + ", read as " + read.getClass().getSimpleName());
    rows.addAll(fields.binary(2, "CR LF").rows());
    return rows;
  }

  /** {@code code SP text CR LF}, or several such lines. */
  static List<String> answer(ControlTalk.Answer answer) {
    List<String> rows = new ArrayList<>();
    rows.add(Side.SERVER.arrow() + ", " + meaning(answer.reply().code()));
    for (int i = 0; i < answer.lines().size(); i++) {
      byte[] line = answer.lines().get(i);
      boolean coded = i == 0 || i == answer.lines().size() - 1;
      Fields fields = new Fields(line);
      if (coded) {
        fields
            .text(3, "code")
            .text(1, i == answer.lines().size() - 1 ? "SP: the last line" : "-: more lines");
      }
      rows.addAll(fields.text(fields.left() - 2, "text").binary(2, "CR LF").rows());
    }
    return rows;
  }

  /** A data connection, which has no form of its own in stream mode. */
  static List<String> data(Side from, byte[] octets) {
    List<String> rows = new ArrayList<>();
    rows.add("data connection, " + from.arrow() + ", ended by FIN");
    rows.addAll(new Fields(octets).text(octets.length, "data").rows());
    return rows;
  }

  private static String meaning(int code) {
    return switch (code / 100) {
      case 1 -> "preliminary: another reply follows";
      case 2 -> "completion";
      case 3 -> "intermediate: another command is awaited";
      case 4 -> "transient refusal";
      default -> "refusal";
    };
  }
}
