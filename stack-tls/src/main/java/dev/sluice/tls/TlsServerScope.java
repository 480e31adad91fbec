package dev.sluice.tls;

import dev.sluice.api.PeerUntrusted;
import dev.sluice.tls.core.TlsCore;
import dev.sluice.tls.core.TlsEngine;
import dev.sluice.tls.record.Alert;
import dev.sluice.tls.record.BrokenRecord;
import dev.sluice.tls.session.ClientHello;
import dev.sluice.tls.session.TlsConduct;
import dev.sluice.tls.session.TlsSession;
import io.netty.buffer.ByteBufAllocator;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one session with a client: a control connection of FTP and its data connections.
 *
 * <p>A later connection may resume the first connection's session, or another session over which
 * the same user has logged in: clients such as rclone keep one cache for all their connections. The
 * hint of the engine that began a session identifies it. Where the provider does not carry the
 * hint, or clients show certificates, each session has its own context and resumes nothing else.
 * The first hello decides the certificate, which stays the same even when others are loaded.
 */
public final class TlsServerScope {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MARK_OCTETS = 16;
  private static final String LATER = "later";

  /** Marks sessions begun by the first connection; travels in tickets, encrypted. */
  private final String mark = "first-" + random();

  private final TlsServerOptions options;
  private final SessionTrust trust;
  private final @Nullable SharedContexts shared;
  private final Lineages lineages;
  private volatile @Nullable String lineage;
  private volatile @Nullable String user;
  private @Nullable SSLContext context;
  private @Nullable KeyMaterial material;
  private Optional<String> serverName = Optional.empty();

  TlsServerScope(
      TlsServerOptions options,
      PeerCheck check,
      @Nullable SharedContexts shared,
      Lineages lineages) {
    this.shared = shared;
    this.lineages = lineages;
    this.options = options;
    this.trust = new SessionTrust(check, null);
  }

  /** The connection that begins the session. */
  public TlsCore first() {
    return core(hello -> engine(begin(hello), mark, true, false), options.conduct());
  }

  /**
   * {@code who} has logged in over the first connection: later connections may resume this and
   * other sessions of the same user.
   */
  public void belongsTo(String who) {
    user = who;
    String begun = lineage;
    if (begun != null) {
      lineages.add(begun, who);
    }
  }

  /**
   * As {@link #later(boolean, boolean, BooleanSupplier)}; a peer that sends gets its tickets after
   * the end of its stream.
   */
  public TlsCore later(boolean mustResume, boolean peerSends) {
    return later(mustResume, peerSends, () -> false);
  }

  /**
   * A later connection; call after the first connection's handshake.
   *
   * @param mustResume whether its handshake fails unless it resumes this session or another session
   *     of the same user
   * @param peerSends whether the peer sends a stream and may not read anything meanwhile
   * @param ticketsAtOnce called on the event loop when the peer's hello has arrived; returns
   *     whether a peer that sends reads its tickets and so gets them at once; otherwise they go out
   *     after the end of its stream
   */
  public TlsCore later(boolean mustResume, boolean peerSends, BooleanSupplier ticketsAtOnce) {
    return core(
        hello -> {
          boolean late = !ticketsAtOnce.getAsBoolean() && peerSends;
          return engine(sameHost(hello), LATER, !mustResume, late);
        },
        conduct(peerSends));
  }

  /** A later connection that resumes no session and whose session is never resumed. */
  public TlsCore unrelated(boolean peerSends) {
    return core(
        hello -> {
          sameHost(hello);
          return engine(create(), LATER, true, peerSends);
        },
        conduct(peerSends));
  }

  /** When a peer sends nothing, there is nothing to truncate: some peers just hang up. */
  private TlsConduct conduct(boolean peerSends) {
    return peerSends ? options.conduct() : new TlsConduct(true);
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
    SSLContext chosen = shared == null ? create() : shared.of(material);
    context = chosen;
    return chosen;
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

  private TlsEngine engine(SSLContext of, String mark, boolean mayBegin, boolean ticketsAtEnd) {
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
    return new TlsEngine(
        engine,
        options.provider().handshakesInCalls(),
        ticketsAtEnd,
        done -> describe(done, mayBegin));
  }

  /** A session's hint says which connection began it, whichever connection uses it now. */
  private TlsSession describe(SSLEngine engine, boolean mayBegin) {
    trust.wasAskedBy(engine);
    String begun = String.valueOf(engine.getSession().getPeerHost());
    boolean resumed;
    if (mark.equals(engine.getPeerHost())) {
      lineage = begun;
      resumed = !begun.equals(mark);
    } else {
      resumed = !begun.equals(LATER) && isOurs(begun);
      if (!resumed && !mayBegin) {
        throw new PeerUntrusted("the TLS session that was resumed is another user's");
      }
    }
    TlsSession session = Contexts.describe(engine, resumed, serverName);
    if (trust.hasSeenCertificate() && session.peerChain().isEmpty()) {
      throw new PeerUntrusted("no certificate, unlike on the session's first connection");
    }
    return session;
  }

  private boolean isOurs(String begun) {
    String who = user;
    return begun.equals(lineage) || who != null && lineages.has(begun, who);
  }

  private static String random() {
    byte[] octets = new byte[MARK_OCTETS];
    RANDOM.nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }
}
