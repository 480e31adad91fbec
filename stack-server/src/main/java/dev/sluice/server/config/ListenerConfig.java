package dev.sluice.server.config;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One address, and what is spoken there.
 *
 * @param url scheme, address and port: ftp, ftpes (logins need AUTH TLS), ftps (TLS from the first
 *     octet) or sftp
 * @param passive what clients of FTP connect to for data
 * @param proxyProtocol takes the address of the client from the header of a balancer (PROXY
 *     protocol, version 1 and 2)
 * @param tls certificate and key of this listener; those of the server unless it is set
 * @param hostKeys the directory of the SSH host keys of this listener; that of the server unless it
 *     is set
 * @param protocols what the protocols allow here
 */
@RecordBuilder
public record ListenerConfig(
    @Key(
            value =
                "scheme, address and port: ftp, ftpes (logins need AUTH TLS), ftps (TLS from the first octet) or sftp",
            required = true,
            example = "ftpes://0.0.0.0:21")
        URI url,
    @Key("what clients of FTP connect to for data") PassiveConfig passive,
    @Key(
            "takes the address of the client from the header of a balancer (PROXY protocol, version 1 and 2)")
        @Nullable ProxyProtocolConfig proxyProtocol,
    @Key("certificate and key of this listener; those of the server unless it is set")
        @Nullable TlsConfig tls,
    @Key("the directory of the SSH host keys of this listener; that of the server unless it is set")
        @Nullable Path hostKeys,
    @Key(value = "what the protocols allow here", flat = true) ProtocolConfig protocols)
    implements ListenerConfigBuilder.With {}
