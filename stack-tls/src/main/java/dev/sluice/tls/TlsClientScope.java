package dev.sluice.tls;

import dev.sluice.api.TransferException;
import dev.sluice.tls.core.TlsCore;
import dev.sluice.tls.core.TlsEngine;
import dev.sluice.tls.session.TlsConduct;
import dev.sluice.tls.session.TlsSession;
import dev.sluice.tls.session.TlsVersion;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one session of a client: connections that belong together, such as an FTP control
 * connection and its data connections. They may resume each other and no others. For that they
 * share a context, names and settings, down to the host and port given to their engines: providers
 * use all of these to look sessions up.
 */
public final class TlsClientScope {
  private final TlsClientOptions options;
  private final String host;
  private final int port;
  private final boolean named;
  private final SessionTrust trust;
  private final SSLContext context;
  private volatile @Nullable TlsVersion agreed;

  TlsClientScope(TlsClientOptions options, PeerCheck check, String host, int port) {
    this.options = options;
    this.host = host;
    this.port = port;
    this.named = options.hostNameCheck() && check.wantsName();
    this.trust = new SessionTrust(check, named ? host : null);
    this.context = Contexts.create(options.provider(), options.identity(), trust);
  }

  public TlsClientOptions options() {
    return options;
  }

  /** A connection with a full handshake, in which the peer shows its certificate again. */
  public TlsCore first() {
    return core(true);
  }

  /**
   * As {@link #first}, when there may be a session: it is not offered, and nothing resumes this.
   */
  public TlsCore unrelated() {
    return core(Contexts.create(options.provider(), options.identity(), trust), true);
  }

  /**
   * A connection that resumes the session or fails. Empty = there is nothing to resume, for example
   * because every ticket of the peer has been used. Nothing has been sent yet, but the connection
   * must be used: it has taken its ticket.
   */
  public Optional<TlsCore> resumed() {
    TlsVersion version = agreed;
    if (version == null || !options.provider().resumes(version)) {
      return Optional.empty();
    }
    try {
      return Optional.of(core(false));
    } catch (TransferException nothingToResume) {
      return Optional.empty();
    }
  }

  /**
   * A connection that offers to resume as {@link #resumed} does, and makes a full handshake when
   * the peer declines. Empty = there is nothing to resume. This connection must be used, too.
   */
  public Optional<TlsCore> preferablyResumed() {
    TlsVersion version = agreed;
    if (version == TlsVersion.TLS_1_3) {
      TlsCore offer = core(true);
      if (options.provider().resumes(version) && offer.offersTicket()) {
        return Optional.of(offer);
      }
      offer.discard();
      return Optional.empty();
    }
    Optional<TlsCore> strict = resumed(); // trying does not use up TLS 1.2 sessions
    strict.ifPresent(TlsCore::discard);
    return strict.map(proof -> core(true));
  }

  private TlsCore core(boolean mayBegin) {
    return core(context, mayBegin);
  }

  private TlsCore core(SSLContext from, boolean mayBegin) {
    SSLEngine engine = from.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters =
        EngineSettings.apply(engine, options.versions(), options.protocols());
    parameters.setEndpointIdentificationAlgorithm(named ? "HTTPS" : "");
    if (!isAddress()) {
      parameters.setServerNames(List.of(new SNIHostName(host)));
    }
    engine.setSSLParameters(parameters);
    EngineSettings.chooseGroups(engine);
    engine.setEnableSessionCreation(mayBegin);
    TlsConduct conduct = options.conduct();
    return TlsCore.client(
        new TlsEngine(engine, options.provider().handshakesInCalls(), false, this::describe),
        conduct,
        options.limits(),
        ByteBufAllocator.DEFAULT);
  }

  private TlsSession describe(SSLEngine engine) {
    boolean resumed = !trust.wasAskedBy(engine);
    TlsSession session =
        Contexts.describe(engine, resumed, isAddress() ? Optional.empty() : Optional.of(host));
    agreed = session.version();
    return session;
  }

  private boolean isAddress() {
    return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
  }
}
