package dev.sluice.tls.core;

import dev.sluice.tls.TlsSession;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;

/**
 * An engine that is ready for its handshake, with what must be known about its provider.
 *
 * @param engine used by one core only
 * @param handshakesInCalls its calls compute for long during a handshake, where others hand out
 *     tasks for that
 * @param describe tells of the engine what was agreed on, once its handshake is over
 */
public record TlsEngine(
    SSLEngine engine, boolean handshakesInCalls, Function<SSLEngine, TlsSession> describe) {}
