package dev.sluice.server.config;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP interface of the operator.
 *
 * @param listen address and port, or unix: and the path of a socket; default 127.0.0.1:8080
 * @param token what a client sends as Authorization: Bearer; without it there are only health and
 *     metrics
 */
@RecordBuilder
public record AdminConfig(
    @Key(
            value = "address and port, or unix: and the path of a socket",
            standard = "127.0.0.1:8080",
            example = "unix:/run/sluice/admin.sock")
        String listen,
    @Key(
            value =
                "what a client sends as Authorization: Bearer; without it there are only health and metrics",
            example = "${ADMIN_TOKEN}")
        @Nullable Secret token)
    implements AdminConfigBuilder.With {}
