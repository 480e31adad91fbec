package dev.sluice.ftp.server;

import dev.sluice.api.SessionClosed;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.io.DataLink;
import dev.sluice.ftp.reply.Refusal;
import dev.sluice.tls.TlsAcceptor;
import dev.sluice.tls.TlsServerScope;
import dev.sluice.tls.session.TlsSession;
import dev.sluice.tls.session.TlsVersion;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How the connections of a session are protected (RFC 4217). It has the same owner as the session.
 *
 * <p>Data connections may resume the session of their control connection, or of another one of the
 * same user.
 */
final class Security {

  /** How the control connection changes after the current reply is out. */
  enum Change {
    NONE,
    TO_TLS,
    TO_CLEAR
  }

  private final Session session;
  private final @Nullable TlsAcceptor acceptor;
  private final @Nullable FtpServerTls policy;
  private @Nullable TlsServerScope scope;
  private @Nullable TlsSession agreed;
  private Change change = Change.NONE;
  private boolean cleared;
  private boolean bufferSizeSet;
  private boolean dataIsPrivate;
  private boolean clientWaitsForReply;

  Security(Session session) {
    this.session = session;
    this.acceptor = session.services.tls();
    this.policy = session.options().tls();
  }

  /** Whether TLS is available at all. */
  boolean isOffered() {
    return acceptor != null;
  }

  /** Whether the control connection is, or was until CCC, encrypted. */
  boolean isAgreed() {
    return agreed != null;
  }

  /** Whether the control connection is in clear again, after CCC. */
  boolean isCleared() {
    return cleared;
  }

  boolean isImplicit() {
    return policy != null && policy.start() == FtpServerTls.Start.IMPLICIT;
  }

  boolean mayClear() {
    return policy != null && policy.clearingAllowed();
  }

  /** Whether logins are refused over this connection in its present state. */
  boolean refusesLogin() {
    return policy != null && policy.required() != FtpServerTls.Required.NOTHING && !isAgreed();
  }

  boolean requiresPrivateData() {
    return policy != null && policy.required() == FtpServerTls.Required.LOGIN_AND_DATA;
  }

  boolean isBufferSizeSet() {
    return bufferSizeSet;
  }

  void bufferSizeSet() {
    bufferSizeSet = true;
  }

  boolean isDataPrivate() {
    return dataIsPrivate;
  }

  void dataPrivate(boolean isPrivate) {
    dataIsPrivate = isPrivate;
  }

  /** The certificates that the client has shown; empty = none. */
  List<X509Certificate> clientChain() {
    return agreed == null ? List.of() : agreed.peerChain();
  }

  void afterReply(Change next) {
    change = next;
  }

  Change takeChange() {
    Change taken = change;
    change = Change.NONE;
    return taken;
  }

  /** Begins TLS on the control connection. On its event loop. */
  void start() {
    if (acceptor == null) {
      throw new IllegalStateException("TLS is not offered");
    }
    TlsServerScope begun = acceptor.session();
    scope = begun;
    session
        .control
        .startTls(begun.first())
        .subscribe(this::established, failure -> {}); // the connection has closed with it
  }

  /** The user has logged in over the control connection. */
  void belongsTo(String user) {
    TlsServerScope current = scope;
    if (current != null) {
      current.belongsTo(user);
    }
  }

  /** The control connection is in clear from here on; data connections stay as they are. */
  void clear() {
    cleared = true;
  }

  /** Back to the state just after connect (REIN). */
  void reset() {
    dataIsPrivate = isImplicit();
    bufferSizeSet = isImplicit();
    if (!isImplicit()) {
      agreed = null;
      scope = null;
      cleared = false;
    }
  }

  /** Refuses a transfer on a data connection in clear where that is not allowed. */
  void checkTransfer() {
    if (requiresPrivateData() && !dataIsPrivate) {
      throw new Refusal(521, "Data connections must be protected: send PROT P");
    }
  }

  /**
   * Whether the reply to a transfer waits for the TLS of its data connection: a client that sends a
   * file may hang up before it has read its ticket, which it needs to resume the next time.
   */
  boolean ticketGoesFirst(boolean clientSends) {
    TlsSession current = agreed;
    return clientSends
        && dataIsPrivate
        && !clientWaitsForReply
        && policy != null
        && policy.resumption() == FtpServerTls.Resumption.ENFORCED
        && current != null
        && current.version() == TlsVersion.TLS_1_3;
  }

  /** The client begins TLS on data connections only after the reply, so the reply goes first. */
  void clientWaitsForReply() {
    clientWaitsForReply = true;
  }

  /**
   * Encrypts a data connection.
   *
   * @param clientSends whether the client will send, and may not read
   * @param ticketsAtOnce called when the client begins TLS; returns whether it reads a ticket at
   *     once
   */
  Mono<DataLink> protect(DataLink link, boolean clientSends, BooleanSupplier ticketsAtOnce) {
    TlsServerScope current = scope;
    if (!dataIsPrivate || policy == null || current == null) {
      return Mono.just(link);
    }
    boolean mustResume = policy.resumption() == FtpServerTls.Resumption.ENFORCED;
    boolean mayResume = policy.resumption() != FtpServerTls.Resumption.OFF;
    return link.secure(
            () ->
                mayResume
                    ? current.later(mustResume, clientSends, ticketsAtOnce)
                    : current.unrelated(clientSends))
        .doOnNext(this::tell)
        .thenReturn(link)
        .onErrorMap(failure -> refusal(failure, mustResume));
  }

  /** For STAT. */
  String describe() {
    TlsSession current = agreed;
    if (current == null) {
      return "none";
    }
    return current.describe()
        + (cleared ? ", control connection cleared" : "")
        + (dataIsPrivate ? ", data private" : ", data clear");
  }

  private void established(TlsSession session) {
    agreed = session;
    this.session.secured();
    if (isImplicit()) {
      bufferSizeSet = true;
      dataIsPrivate = true;
    }
    tell(session);
  }

  private void tell(TlsSession secured) {
    session.tell(
        new SessionEvent.Secured(
            session.ref(), secured.version().label(), secured.cipherSuite(), secured.resumed()));
  }

  /** A connection that is cut may be a fault of the network, so it is worth another try. */
  private static Throwable refusal(Throwable failure, boolean mustResume) {
    if (failure instanceof SessionClosed) {
      return new Refusal(426, "The data connection was closed before the end of its TLS handshake");
    }
    String why = "The TLS handshake of the data connection failed";
    return new Refusal(
        522,
        mustResume
            ? why
                + "; it must resume a TLS session of the same user, unless the server sets"
                + " resumption to OPTIONAL"
            : why);
  }
}
