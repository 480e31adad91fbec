package dev.sluice.transport.connect;

import reactor.core.publisher.Mono;

/**
 * The client that is asked for.
 *
 * @param place the server
 * @param settings what was set, already checked against {@link ClientProvider#settings}
 * @param login who logs in; to be subscribed to once per login, never empty
 */
public record ClientRequest(RemotePlace place, ClientSettings settings, Mono<Login> login) {}
