package dev.sluice.ftp.server;

import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.TransferMode;
import dev.sluice.ftp.TransferType;
import dev.sluice.ftp.command.Allo;
import dev.sluice.ftp.command.Count;
import dev.sluice.ftp.command.Text;
import dev.sluice.ftp.reply.Refusal;
import java.util.Locale;
import reactor.core.publisher.Mono;

/** TYPE, STRU, MODE, REST and ALLO: the parameters of later transfers. */
final class ParameterCommands {
  private ParameterCommands() {}

  /** RFC 959 section 4.1.2; T is treated as N (RFC 1123 section 4.1.2.2). */
  static Mono<FtpReply> type(Text command, Session session) {
    String type = command.text().trim().toUpperCase(Locale.ROOT);
    session.chosen.format =
        session.chosen.format.withType(
            switch (type) {
              case "A", "A N", "A T" -> TransferType.ASCII;
              case "I", "L 8" -> TransferType.IMAGE;
              case "L" -> throw new Refusal(501, "Syntax: TYPE L 8");
              default -> throw unreadable(type, "A( [NTC])?|E( [NTC])?|L [0-9]{1,3}", "TYPE");
            });
    return Mono.just(FtpReply.of(200, "Type set to " + type));
  }

  static Mono<FtpReply> structure(Text command, Session session) {
    String structure = command.text().trim().toUpperCase(Locale.ROOT);
    if (!structure.equals("F")) {
      throw unreadable(structure, "[RP]", "STRU");
    }
    return Mono.just(FtpReply.of(200, "Structure set to F"));
  }

  static Mono<FtpReply> mode(Text command, Session session) {
    String code = command.text().trim().toUpperCase(Locale.ROOT);
    for (TransferMode mode : TransferMode.values()) {
      if (mode.code().equals(code)) {
        session.chosen.format = session.chosen.format.withMode(mode);
        return Mono.just(FtpReply.of(200, "Mode set to " + code));
      }
    }
    throw unreadable(code, "[A-Z]", "MODE");
  }

  /** RFC 3659 section 5: an offset in the octets of the file, so only for type I in mode S or Z. */
  static Mono<FtpReply> restart(Count command, Session session) {
    boolean octets = session.chosen.format.type() == TransferType.IMAGE;
    if (command.value() > 0 && (!octets || session.chosen.format.mode() == TransferMode.BLOCK)) {
      return Mono.just(FtpReply.of(504, "REST needs TYPE I and MODE S"));
    }
    session.chosen.restart = command.value();
    return Mono.just(FtpReply.of(350, "Restarting at " + command.value()));
  }

  static Mono<FtpReply> allocate(Allo command, Session session) {
    return Mono.just(FtpReply.of(202, "No storage allocation is needed"));
  }

  private static Refusal unreadable(String argument, String known, String verb) {
    return argument.matches(known)
        ? new Refusal(504, verb + " " + argument + " is not offered")
        : new Refusal(501, "Cannot read the argument of " + verb);
  }
}
