package dev.sluice.tls.core;

import dev.sluice.tls.session.TlsSession;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;

/**
 * An engine that is ready for its handshake, with facts about its provider.
 *
 * @param engine used by one core only
 * @param handshakesInCalls whether its calls compute for a long time during a handshake, where
 *     other providers delegate tasks
 * @param ticketsAtEnd whether records that the engine writes after its handshake, mostly tickets,
 *     are held back until the peer has ended its stream: some clients send a file, read nothing and
 *     close; unread input then turns their end into a reset, and the end of the file is lost
 * @param describe describes what the engine has negotiated, after its handshake
 */
public record TlsEngine(
    SSLEngine engine,
    boolean handshakesInCalls,
    boolean ticketsAtEnd,
    Function<SSLEngine, TlsSession> describe) {}
