package dev.sluice.tls.core;

import dev.sluice.tls.session.TlsSession;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;

/**
 * An engine that is ready for its handshake, with what must be known about its provider.
 *
 * @param engine used by one core only
 * @param handshakesInCalls its calls compute for long during a handshake, where others hand out
 *     tasks for that
 * @param ticketsAtEnd keeps what the engine says behind its handshake, tickets above all, until the
 *     peer has ended its stream: some clients send a file, read nothing and close, and what they
 *     have not read turns their end into a reset, which takes away the end of the file
 * @param describe tells of the engine what was agreed on, once its handshake is over
 */
public record TlsEngine(
    SSLEngine engine,
    boolean handshakesInCalls,
    boolean ticketsAtEnd,
    Function<SSLEngine, TlsSession> describe) {}
