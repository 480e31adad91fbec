package dev.sluice.ftp.server;

import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.Count;
import dev.sluice.ftp.command.Text;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.reply.Refusal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import reactor.core.publisher.Mono;

/** AUTH, PBSZ, PROT, CCC and the rest of RFC 2228, as RFC 4217 uses them for TLS. */
final class SecurityCommands {
  /** The verbs answered with 502 where TLS is not offered. */
  static final Set<Verb> VERBS =
      Collections.unmodifiableSet(
          EnumSet.of(
              Verb.AUTH, Verb.ADAT, Verb.PBSZ, Verb.PROT, Verb.CCC, Verb.MIC, Verb.CONF, Verb.ENC));

  private static final Set<String> MECHANISMS = Set.of("TLS", "TLS-C", "SSL");
  private static final long MAX_BUFFER_SIZE = 0xFFFF_FFFFL;

  private SecurityCommands() {}

  /** AUTH ends the login of the current user (RFC 4217 section 4.2). */
  static Mono<FtpReply> authenticate(Text command, Session session) {
    checkOffered(command.verb(), session);
    String mechanism = command.text().trim().toUpperCase(Locale.ROOT);
    if (!MECHANISMS.contains(mechanism)) {
      throw new Refusal(504, "Only AUTH TLS is known here");
    }
    if (session.security.isCleared()) {
      throw new Refusal(534, "The control connection has been cleared");
    }
    if (session.security.isAgreed()) {
      throw new Refusal(503, "The connection is encrypted already");
    }
    return session
        .logOut()
        .then(
            Mono.fromSupplier(
                () -> {
                  session.security.afterReply(Security.Change.TO_TLS);
                  return FtpReply.of(234, "Proceed with the TLS handshake");
                }));
  }

  /** No mechanism here exchanges data in the clear, or protects commands one by one. */
  static Mono<FtpReply> otherMechanisms(Text command, Session session) {
    checkOffered(command.verb(), session);
    if (!isEncrypted(session)) {
      throw new Refusal(502, command.verb() + " is not offered");
    }
    throw command.verb() == Verb.ADAT
        ? new Refusal(503, "TLS needs no ADAT")
        : new Refusal(537, "TLS protects all commands alike");
  }

  static Mono<FtpReply> bufferSize(Count command, Session session) {
    checkOffered(command.verb(), session);
    checkEncrypted(session);
    if (command.value() > MAX_BUFFER_SIZE) {
      throw new Refusal(501, "Not a buffer size");
    }
    session.security.bufferSizeSet();
    return Mono.just(FtpReply.of(200, "PBSZ=0"));
  }

  static Mono<FtpReply> protect(Text command, Session session) {
    checkOffered(command.verb(), session);
    checkEncrypted(session);
    if (!session.security.isBufferSizeSet()) {
      throw new Refusal(503, "Send PBSZ first");
    }
    switch (command.text().trim().toUpperCase(Locale.ROOT)) {
      case "P" -> session.security.dataPrivate(true);
      case "C" -> {
        if (session.security.requiresPrivateData()) {
          throw new Refusal(534, "Data connections must be private");
        }
        session.security.dataPrivate(false);
      }
      case "S", "E" -> throw new Refusal(536, "TLS knows the levels C and P");
      default -> throw new Refusal(504, "Not a protection level");
    }
    return Mono.just(
        FtpReply.of(200, session.security.isDataPrivate() ? "Data private" : "Data clear"));
  }

  static Mono<FtpReply> clear(Bare command, Session session) {
    checkOffered(command.verb(), session);
    if (!isEncrypted(session)) {
      throw new Refusal(533, "The control connection is in clear");
    }
    if (!session.security.mayClear()) {
      throw new Refusal(534, "The control connection stays encrypted");
    }
    session.identity(); // refused before the login
    session.security.afterReply(Security.Change.TO_CLEAR);
    session.security.clear();
    return Mono.just(FtpReply.of(200, "In clear from here on"));
  }

  private static boolean isEncrypted(Session session) {
    return session.security.isAgreed() && !session.security.isCleared();
  }

  private static void checkOffered(Verb verb, Session session) {
    if (!session.security.isOffered()) {
      throw new Refusal(502, verb + " is not offered");
    }
  }

  private static void checkEncrypted(Session session) {
    if (!isEncrypted(session)) {
      throw new Refusal(503, "Send AUTH TLS first");
    }
  }
}
