package dev.sluice.ssh.core;

import dev.sluice.ssh.algorithm.CipherAlgorithm;
import dev.sluice.ssh.algorithm.CompressionAlgorithm;
import dev.sluice.ssh.algorithm.MacAlgorithm;
import dev.sluice.ssh.kex.KexAlgorithm;
import dev.sluice.ssh.key.SignatureAlgorithm;

/**
 * What was negotiated (RFC 4253 section 7.1).
 *
 * @param hostKey the algorithm that the server proves itself with
 * @param toServer for packets of the client
 * @param toClient for packets of the server
 */
public record Agreement(
    KexAlgorithm kex, SignatureAlgorithm hostKey, Lane toServer, Lane toClient) {

  /** What protects packets of one direction; the MAC is that of the cipher where it has one. */
  public record Lane(CipherAlgorithm cipher, MacAlgorithm mac, CompressionAlgorithm compression) {
    @Override
    public String toString() {
      return cipher.name()
          + (cipher.isAead() ? "" : " " + mac.name())
          + (compression.isIdentity() ? "" : " " + compression.name());
    }
  }

  Lane outgoing(Role role) {
    return role.isClient() ? toServer : toClient;
  }

  Lane incoming(Role role) {
    return role.isClient() ? toClient : toServer;
  }

  /** For people: method, host key and ciphers. */
  @Override
  public String toString() {
    String ciphers =
        toServer.equals(toClient) ? toServer.toString() : toServer + " to server, " + toClient;
    return kex.name() + ", " + hostKey.name() + ", " + ciphers;
  }
}
