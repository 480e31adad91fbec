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
 * <p>A later connection may go on from the first one's session, or from one over which the same
 * user has logged in: clients such as rclone keep one cache for all their connections. What a
 * session was begun by is known by the hint of the engine that began it. Where the provider does
 * not carry that, or clients show certificates, each session has a context of its own and resumes
 * nothing else. The certificate is chosen by the first hello and stays, also when others are
 * loaded.
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
   * {@code who} has logged in over the first connection: later ones may resume this and other
   * sessions of theirs.
   */
  public void belongsTo(String who) {
    user = who;
    String begun = lineage;
    if (begun != null) {
      lineages.add(begun, who);
    }
  }

  /**
   * As {@link #later(boolean, boolean, BooleanSupplier)}; tickets for a sender wait for its end.
   */
  public TlsCore later(boolean mustResume, boolean peerSends) {
    return later(mustResume, peerSends, () -> false);
  }

  /**
   * A later connection; behind the first one's handshake.
   *
   * @param mustResume whether its handshake fails unless it goes on from this session or another
   *     one of the same user
   * @param peerSends whether the peer sends a stream and may not read what is said to it meanwhile
   * @param ticketsAtOnce asked on the event loop when the peer's hello has arrived: whether a peer
   *     that sends gets its tickets at once, as it reads them; else they go out after its end
   */
  public TlsCore later(boolean mustResume, boolean peerSends, BooleanSupplier ticketsAtOnce) {
    return core(
        hello -> {
          boolean late = !ticketsAtOnce.getAsBoolean() && peerSends;
          return engine(sameHost(hello), LATER, !mustResume, late);
        },
        conduct(peerSends));
  }

  /** A later connection that resumes nothing, and that nothing resumes. */
  public TlsCore unrelated(boolean peerSends) {
    return core(
        hello -> {
          sameHost(hello);
          return engine(create(), LATER, true, peerSends);
        },
        conduct(peerSends));
  }

  /** Of a peer that sends nothing, nothing can be cut short: some just hang up. */
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

  /** A session says which connection has begun it, whichever it is on. */
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
