package dev.sluice.ftp.client;

import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.ProtectionRefused;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.Count;
import dev.sluice.ftp.command.Text;
import dev.sluice.ftp.command.Verb;
import dev.sluice.tls.session.TlsSession;
import reactor.core.publisher.Mono;

/**
 * Protects the control connection, and asks for the protection of data (RFC 4217). Where protection
 * is required, a refusal ends the session: no password goes out in clear.
 */
final class ControlProtection {
  private final Conversation conversation;
  private final FtpSecurity security;

  ControlProtection(Conversation conversation) {
    this.conversation = conversation;
    this.security = conversation.options.security();
  }

  /** Implicit TLS: before the server says anything. */
  Mono<Void> beforeGreeting() {
    return security.start() == FtpSecurity.Start.IMPLICIT ? startTls() : Mono.empty();
  }

  /** Explicit TLS, and the protection of data. */
  Mono<Void> beforeLogin() {
    return switch (security.start()) {
      case NEVER -> Mono.empty();
      case IMPLICIT -> protectData();
      case EXPLICIT, DANGEROUSLY_WHERE_OFFERED ->
          conversation
              .choices
              .tls
              .one(this::authenticate)
              .onErrorResume(ProtectionRefused.class, this::inClear)
              .flatMap(this::accepted)
              .then(Mono.defer(this::protectData));
    };
  }

  /** Some servers protect data only for users that they know. */
  Mono<Void> afterLogin() {
    boolean again = conversation.protection.control != null && wantsData() && !isDataProtected();
    return again ? protectData().then(Mono.defer(this::insistOnData)) : Mono.empty();
  }

  /** Comes after all other steps at the beginning of a session (RFC 4217 section 5). */
  Mono<Void> clearControl() {
    if (!security.clearControl() || conversation.protection.control == null) {
      return Mono.empty();
    }
    return conversation
        .send(new Bare(Verb.CCC))
        .flatMap(
            reply ->
                reply.isCompletion()
                    ? conversation.control.clearTls(conversation.options.timeouts().reply())
                    : Mono.error(refused("CCC", reply)));
  }

  /** Replies before TLS begins decide nothing except how it begins. */
  private Mono<FtpReply> authenticate(Way.ToTls way) {
    String name =
        switch (way) {
          case AUTH_TLS -> "TLS";
          case AUTH_SSL -> "SSL";
        };
    return conversation
        .send(new Text(Verb.AUTH, name))
        .flatMap(
            reply ->
                reply.isNegative() ? Mono.error(refused("AUTH " + name, reply)) : Mono.just(reply));
  }

  private Mono<FtpReply> inClear(ProtectionRefused refusal) {
    return security.start() == FtpSecurity.Start.EXPLICIT ? Mono.error(refusal) : Mono.empty();
  }

  private Mono<Void> accepted(FtpReply reply) {
    return reply.code() == 234
        ? startTls()
        : Mono.error(new PeerMisbehaved("AUTH was answered " + reply.describe()));
  }

  private Mono<Void> startTls() {
    return conversation.control.startTls().doOnNext(this::secured).then();
  }

  private void secured(TlsSession session) {
    conversation.protection.control = session;
    conversation.tellSecured(session);
  }

  /** PBSZ comes first, and its reply is ignored: with TLS it means nothing (RFC 4217 section 9). */
  private Mono<Void> protectData() {
    if (conversation.protection.control == null) {
      return Mono.empty();
    }
    String level = security.protectData() ? "P" : "C";
    return conversation
        .send(new Count(Verb.PBSZ, 0))
        .then(conversation.send(new Text(Verb.PROT, level)))
        .doOnNext(
            reply -> conversation.protection.data = reply.isCompletion() && security.protectData())
        .then();
  }

  private Mono<Void> insistOnData() {
    return isDataProtected()
        ? Mono.empty()
        : Mono.error(
            new ProtectionRefused(
                "the server does not protect data connections (PROT P refused); to go on without"
                    + " that, clear data must be allowed"));
  }

  private boolean wantsData() {
    return security.protectData();
  }

  private boolean isDataProtected() {
    return conversation.protection.data;
  }

  private static ProtectionRefused refused(String command, FtpReply reply) {
    return new ProtectionRefused(command + " was answered " + reply.describe());
  }
}
