package dev.sluice.tls;

import dev.sluice.api.error.PeerUntrusted;
import dev.sluice.tls.core.TlsConduct;
import dev.sluice.tls.core.TlsCore;
import dev.sluice.tls.core.TlsEngine;
import dev.sluice.tls.record.Alert;
import dev.sluice.tls.record.BrokenRecord;
import dev.sluice.tls.record.ClientHello;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one session with a client: a control connection of FTP and its data connections.
 *
 * <p>The session has a context of its own, so that its secrets for resumption are, too: whoever
 * resumes has been the client of this session's first connection. The certificate is chosen by the
 * first hello and stays, also when others are loaded.
 */
public final class TlsServerScope {
  /** Marks sessions begun by the first connection; travels in tickets, encrypted. */
  private static final String FIRST = "first";

  private static final String LATER = "later";

  private final TlsServerOptions options;
  private final SessionTrust trust;
  private @Nullable SSLContext context;
  private @Nullable KeyMaterial material;
  private Optional<String> serverName = Optional.empty();

  TlsServerScope(TlsServerOptions options, PeerCheck check) {
    this.options = options;
    this.trust = new SessionTrust(check, null);
  }

  /** The connection that begins the session. */
  public TlsCore first() {
    return core(hello -> engine(begin(hello), FIRST, true), options.conduct());
  }

  /**
   * A later connection; behind the first one's handshake.
   *
   * @param mustResume whether its handshake fails unless it goes on from this session
   * @param peerSends whether the peer sends a stream and may not read what is said to it meanwhile
   */
  public TlsCore later(boolean mustResume, boolean peerSends) {
    return core(hello -> engine(sameHost(hello), LATER, !mustResume), conduct(peerSends));
  }

  /** A later connection that resumes nothing, and that nothing resumes. */
  public TlsCore unrelated(boolean peerSends) {
    return core(
        hello -> {
          sameHost(hello);
          return engine(create(), LATER, true);
        },
        conduct(peerSends));
  }

  /** Of a peer that sends nothing, nothing can be cut short: some just hang up. */
  private TlsConduct conduct(boolean peerSends) {
    return peerSends ? options.conduct().withTicketsAtEnd() : new TlsConduct(true, false);
  }

  private TlsCore core(
      java.util.function.Function<ClientHello, TlsEngine> engines, TlsConduct conduct) {
    return TlsCore.server(engines, conduct, options.limits(), ByteBufAllocator.DEFAULT);
  }

  private SSLContext begin(ClientHello hello) {
    serverName = hello.serverName();
    material =
        options
            .certificates()
            .find(serverName)
            .orElseThrow(
                () ->
                    new BrokenRecord(
                        Alert.UNRECOGNIZED_NAME, "no certificate for " + serverName.orElse("-")));
    SSLContext created = create();
    context = created;
    return created;
  }

  private SSLContext create() {
    return Contexts.create(options.provider(), material, trust);
  }

  private SSLContext sameHost(ClientHello hello) {
    if (hello.serverName().isPresent() && !hello.serverName().equals(serverName)) {
      throw new BrokenRecord(
          Alert.UNRECOGNIZED_NAME, "another server name than on the first connection");
    }
    if (context == null) {
      throw new IllegalStateException("the first connection has no session yet");
    }
    return context;
  }

  private TlsEngine engine(SSLContext of, String mark, boolean mayBegin) {
    SSLEngine engine = of.createSSLEngine(mark, 1);
    engine.setUseClientMode(false);
    SSLParameters parameters =
        EngineSettings.apply(engine, options.versions(), options.protocols());
    ClientCertificates.Demand demand = options.clients().demand();
    if (demand == ClientCertificates.Demand.NEED) {
      parameters.setNeedClientAuth(true);
    } else if (demand == ClientCertificates.Demand.WANT) {
      parameters.setWantClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    EngineSettings.chooseGroups(engine);
    engine.setEnableSessionCreation(mayBegin);
    return new TlsEngine(engine, options.provider().handshakesInCalls(), this::describe);
  }

  /** A session that was begun by the first connection says so, whichever connection it is on. */
  private TlsSession describe(SSLEngine engine) {
    trust.wasAskedBy(engine);
    boolean begunByFirst = FIRST.equals(engine.getSession().getPeerHost());
    boolean isFirst = FIRST.equals(engine.getPeerHost());
    TlsSession session = Contexts.describe(engine, begunByFirst && !isFirst, serverName);
    if (trust.hasSeenCertificate() && session.peerChain().isEmpty()) {
      throw new PeerUntrusted("no certificate, unlike on the session's first connection");
    }
    return session;
  }
}
