package dev.sluice.server.config;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;

/**
 * A certificate and its key, read again when the files change.
 *
 * @param certificate certificates, the own one first (PEM)
 * @param key the private key (PEM, PKCS #8)
 */
@RecordBuilder
public record TlsConfig(
    @Key(
            value = "certificates, the own one first (PEM)",
            required = true,
            example = "fullchain.pem")
        Path certificate,
    @Key(value = "the private key (PEM, PKCS #8)", required = true, example = "privkey.pem")
        Path key)
    implements TlsConfigBuilder.With {}
