package dev.sluice.ftp.server;

import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.Text;
import dev.sluice.ftp.reply.Refusal;
import java.util.List;
import java.util.Locale;
import reactor.core.publisher.Mono;

/** OPTS (RFC 2389 section 4) for UTF8, MLST, HASH and MODE Z. */
final class OptionCommands {
  private OptionCommands() {}

  static Mono<FtpReply> options(Text command, Session session) {
    int space = command.text().indexOf(' ');
    String name = space < 0 ? command.text() : command.text().substring(0, space);
    String value = space < 0 ? "" : command.text().substring(space + 1);
    return Mono.just(
        switch (name.toUpperCase(Locale.ROOT)) {
          case "UTF8", "UTF-8" -> utf8(value);
          case "MLST" -> facts(value, session);
          case "HASH" -> hash(value, session);
          case "MODE" -> deflate(value, session);
          default -> throw new Refusal(501, "No options for that");
        });
  }

  private static FtpReply utf8(String value) {
    return switch (value.trim().toUpperCase(Locale.ROOT)) {
      case "", "ON" -> FtpReply.of(200, "Names are UTF-8");
      default -> throw new Refusal(501, "Names are always UTF-8");
    };
  }

  /** RFC 3659 section 7.9: unsupported facts are ignored, a list without end is an error. */
  private static FtpReply facts(String value, Session session) {
    if (value.indexOf(' ') >= 0 || !value.isEmpty() && !value.endsWith(";")) {
      throw new Refusal(501, "Syntax: OPTS MLST fact;fact;");
    }
    session.chosen.facts = MlsxFacts.selecting(List.of(value.split(";")));
    return FtpReply.of(200, "MLST OPTS " + session.chosen.facts.names());
  }

  private static FtpReply hash(String value, Session session) {
    if (!value.isEmpty()) {
      session.chosen.hash = algorithm(value);
    }
    return FtpReply.of(200, session.chosen.hash.registeredName());
  }

  private static ChecksumAlgorithm algorithm(String name) {
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      if (algorithm.registeredName().equalsIgnoreCase(name)) {
        return algorithm;
      }
    }
    throw new Refusal(501, "Unknown algorithm");
  }

  private static FtpReply deflate(String value, Session session) {
    String option = value.trim().toUpperCase(Locale.ROOT);
    if (option.equals("Z")) {
      session.chosen.format = session.chosen.format.withDeflateLevel(-1);
    } else if (option.matches("Z LEVEL [0-9]")) {
      session.chosen.format =
          session.chosen.format.withDeflateLevel(option.charAt(option.length() - 1) - '0');
    } else {
      throw new Refusal(501, "Syntax: OPTS MODE Z [LEVEL 0-9]");
    }
    return FtpReply.of(200, "MODE Z options set");
  }
}
