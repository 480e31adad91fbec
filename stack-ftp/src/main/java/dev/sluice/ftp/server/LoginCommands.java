package dev.sluice.ftp.server;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.Failures;
import dev.sluice.api.RawName;
import dev.sluice.api.StorageUnavailable;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.LoginAttempt;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.Secret;
import dev.sluice.ftp.command.Text;
import dev.sluice.ftp.reply.Refusal;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** USER, PASS, ACCT, REIN and QUIT (RFC 959 section 4.1.1). */
final class LoginCommands {
  private static final Logger LOG = LoggerFactory.getLogger(LoginCommands.class);
  private static final Set<String> GUESTS = Set.of("anonymous", "ftp");
  private static final String BANNED = "Too many failed logins from your address; try again later";
  private static final int MAX_USER_NAME = 256;

  private LoginCommands() {}

  /** The same answer for every name (RFC 2577 section 7). */
  static Mono<FtpReply> user(Text command, Session session) {
    String name = command.text();
    if (name.length() > MAX_USER_NAME || name.chars().anyMatch(Character::isISOControl)) {
      return Mono.just(FtpReply.of(501, "Not a user name"));
    }
    if (session.security.refusesLogin()) {
      throw new Refusal(530, "Log in over TLS only: send AUTH TLS first");
    }
    Mono<Void> ready = session.identity == null ? Mono.empty() : session.logOut();
    return ready.then(Mono.defer(() -> byCertificate(name, session)));
  }

  /** The certificate of the client may be enough (RFC 4217 section 4.2). */
  private static Mono<FtpReply> byCertificate(String name, Session session) {
    Mono<FtpReply> byPassword =
        Mono.fromSupplier(
            () -> {
              session.claimedUser = name;
              return FtpReply.of(331, "Password required");
            });
    List<X509Certificate> shown = session.security.clientChain();
    if (shown.isEmpty()) {
      return byPassword;
    }
    if (session.services.penalties().ban(session.peer.remoteAddress()).isPresent()) {
      return end(session, BANNED);
    }
    return session
        .services
        .users()
        .authenticate(new LoginAttempt.Certificate(name, shown, session.peer.remote()))
        .contextWrite(session.ref().inContext())
        .flatMap(identity -> accept(name, identity, 232, session))
        .onErrorResume(failure -> failed(name, failure, session))
        .switchIfEmpty(byPassword);
  }

  static Mono<FtpReply> pass(Secret command, Session session) {
    String name = session.claimedUser;
    if (name == null) {
      boolean insecure = session.security.refusesLogin();
      return Mono.just(
          insecure
              ? FtpReply.of(530, "Log in over TLS only: send AUTH TLS first")
              : FtpReply.of(503, "Send USER first"));
    }
    session.claimedUser = null;
    if (session.services.penalties().ban(session.peer.remoteAddress()).isPresent()) {
      return end(session, BANNED);
    }
    if (session.services.penalties().ban(name, session.peer.remoteAddress()).isPresent()) {
      return refuse(name, session); // like a wrong password: hides whether the user exists
    }
    LoginAttempt attempt =
        GUESTS.contains(name.toLowerCase(Locale.ROOT))
            ? new LoginAttempt.Anonymous(name, command.secret(), session.peer.remote())
            : new LoginAttempt.Password(name, command.secret(), session.peer.remote());
    if (attempt instanceof LoginAttempt.Password shown && !shown.isPlausible()) {
      return refuse(name, session);
    }
    return session
        .services
        .users()
        .authenticate(attempt)
        .contextWrite(session.ref().inContext())
        .switchIfEmpty(Mono.error(() -> new AuthenticationFailed("nobody knows this user")))
        .flatMap(identity -> accept(name, identity, 230, session))
        .onErrorResume(failure -> failed(name, failure, session));
  }

  /**
   * The client sees any failure inside an authenticator as a refusal: an error that occurs only for
   * real users would reveal their names.
   */
  private static Mono<FtpReply> failed(String name, Throwable failure, Session session) {
    if (failure instanceof FilesUnavailable gone) {
      return unavailable(session, gone.why);
    }
    if (!(failure instanceof AuthenticationFailed)) {
      LOG.error("session {}: a login cannot be decided: {}", session.id(), Failures.line(failure));
    }
    return refuse(name, session);
  }

  /**
   * Ends a session whose files are out of reach.
   *
   * @param why for the log
   */
  static Mono<FtpReply> unavailable(Session session, String why) {
    LOG.error("session {}: the files cannot be reached: {}", session.id(), why);
    return end(session, "The files of this server cannot be reached now; try again later");
  }

  /** The user is in, and the storage is not. */
  private static final class FilesUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String why;

    FilesUnavailable(Throwable cause) {
      super(null, cause, false, false);
      why = StorageUnavailable.why(cause);
    }
  }

  static Mono<FtpReply> account(Secret command, Session session) {
    return Mono.just(
        session.identity == null
            ? FtpReply.of(503, "Send USER and PASS")
            : FtpReply.of(202, "No account is needed"));
  }

  static Mono<FtpReply> reinitialize(Bare command, Session session) {
    return session
        .logOut()
        .then(
            Mono.fromSupplier(
                () -> {
                  if (session.security.isAgreed()
                      && !session.security.isCleared()
                      && !session.security.isImplicit()) {
                    session.security.afterReply(Security.Change.TO_CLEAR);
                  }
                  session.security.reset();
                  return FtpReply.of(220, "Ready for a new user");
                }));
  }

  static Mono<FtpReply> quit(Bare command, Session session) {
    session.control.submit(core -> core.close(FtpReply.of(221, "Goodbye")));
    return Mono.never();
  }

  private static Mono<FtpReply> accept(String name, Identity identity, int code, Session session) {
    return session
        .services
        .storage()
        .open(identity)
        .contextWrite(session.ref().inContext())
        .onErrorMap(failure -> new FilesUnavailable(failure))
        .map(
            files -> {
              session.belongTo(identity, files);
              session.place.loggedIn();
              session.security.belongsTo(identity.name());
              session.services.penalties().succeeded(name, session.peer.remoteAddress());
              session.control.submit(core -> core.loggedIn(true));
              session.tell(new SessionEvent.LoggedIn(session.ref()));
              return FtpReply.of(code, "Logged in");
            });
  }

  private static Mono<FtpReply> refuse(String name, Session session) {
    failed(name, session);
    session.failedLogins++;
    Mono<FtpReply> answer =
        session.failedLogins < session.options().login().attempts()
            ? Mono.just(FtpReply.of(530, "Login incorrect"))
            : end(session, "Too many failed logins");
    return Mono.delay(session.options().login().delay(), session.scheduler()).then(answer);
  }

  private static void failed(String name, Session session) {
    InetSocketAddress peer = session.peer.remote();
    session.tell(new SessionEvent.LoginRefused(session.ref(), RawName.escape(name)));
    session
        .services
        .penalties()
        .failed(name, peer.getAddress())
        .ifPresent(
            ban ->
                session.tell(
                    new SessionEvent.Banned(
                        session.ref(), RawName.escape(ban.whom()), ban.left())));
  }

  private static Mono<FtpReply> end(Session session, String why) {
    return Mono.defer(
        () -> {
          session.control.submit(core -> core.close(FtpReply.of(421, why)));
          return Mono.never();
        });
  }
}
