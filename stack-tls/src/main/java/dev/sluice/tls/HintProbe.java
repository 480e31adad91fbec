package dev.sluice.tls;

import dev.sluice.tls.session.TlsVersion;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a resumed session still carries the hint of the engine that began it, by two
 * handshakes in memory for each version. No specification promises that; SunJSSE does it in Java 17
 * to 25.
 */
final class HintProbe {
  private static final Logger LOG = LoggerFactory.getLogger(HintProbe.class);
  private static final String BEGUN = "begun";
  private static final String RESUMED = "resumed";
  private static final int BUFFER_OCTETS = 64 * 1024;
  private static final int MOST_STEPS = 200;

  private final SSLContext server;
  private final SSLContext client;
  private final TlsVersion version;

  private HintProbe(SSLContext server, SSLContext client, TlsVersion version) {
    this.server = server;
    this.client = client;
    this.version = version;
  }

  static boolean carriesHints(TlsServerOptions options, KeyMaterial material, PeerCheck check) {
    PeerVerification own = PeerVerification.pinned(PeerVerification.pin(material.chain().get(0)));
    PeerCheck pinned = PeerCheck.of(own, options.provider());
    try {
      for (TlsVersion version : options.versions()) {
        HintProbe probe =
            new HintProbe(
                Contexts.create(options.provider(), material, new SessionTrust(check, null)),
                Contexts.create(options.provider(), null, new SessionTrust(pinned, null)),
                version);
        if (!probe.carriesHint()) {
          LOG.info("{} sessions are resumed by their own control connection only", version.label());
          return false;
        }
      }
      return true;
    } catch (SSLException e) {
      LOG.info("sessions are resumed by their own control connection only: {}", e.getMessage());
      return false;
    }
  }

  private boolean carriesHint() throws SSLException {
    SSLSession first = handshake(BEGUN);
    SSLSession second = handshake(RESUMED);
    return BEGUN.equals(first.getPeerHost()) && BEGUN.equals(second.getPeerHost());
  }

  /** The server's session. */
  private SSLSession handshake(String hint) throws SSLException {
    SSLEngine accepting = engine(server, hint, false);
    SSLEngine connecting = engine(client, BEGUN, true);
    ByteBuffer toServer = ByteBuffer.allocate(BUFFER_OCTETS);
    ByteBuffer toClient = ByteBuffer.allocate(BUFFER_OCTETS);
    boolean moves = true;
    for (int i = 0; i < MOST_STEPS && moves; i++) {
      moves = step(connecting, toClient, toServer);
      moves |= step(accepting, toServer, toClient); // tickets come after the handshake
    }
    return accepting.getSession();
  }

  private SSLEngine engine(SSLContext of, String hint, boolean isClient) throws SSLException {
    SSLEngine engine = of.createSSLEngine(hint, 1);
    engine.setUseClientMode(isClient);
    engine.setSSLParameters(EngineSettings.apply(engine, Set.of(version), List.of()));
    engine.beginHandshake();
    return engine;
  }

  /** Lets an engine take one step; false = it has nothing to do. */
  private static boolean step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    HandshakeStatus status = engine.getHandshakeStatus();
    if (status == HandshakeStatus.NEED_TASK) {
      for (Runnable task = engine.getDelegatedTask();
          task != null;
          task = engine.getDelegatedTask()) {
        task.run();
      }
      return true;
    }
    if (status == HandshakeStatus.NEED_WRAP) {
      return engine.wrap(ByteBuffer.allocate(0), out).bytesProduced() > 0;
    }
    in.flip();
    SSLEngineResult result = engine.unwrap(in, ByteBuffer.allocate(BUFFER_OCTETS));
    in.compact();
    return result.bytesConsumed() > 0;
  }
}
