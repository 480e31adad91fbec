package dev.sluice.ssh.kex;

import dev.sluice.ssh.key.SignatureAlgorithm;

/**
 * What an exchange is bound to (RFC 4253 section 8).
 *
 * @param clientVersion the client's identification line without its end
 * @param serverVersion the server's
 * @param clientKexInit the payload of the client's KEXINIT, number 20 first
 * @param serverKexInit the server's
 * @param hostKeyAlgorithm what was negotiated
 * @param minRsaBits an RSA host key below this is refused
 */
public record KexContext(
    byte[] clientVersion,
    byte[] serverVersion,
    byte[] clientKexInit,
    byte[] serverKexInit,
    SignatureAlgorithm hostKeyAlgorithm,
    int minRsaBits) {}
