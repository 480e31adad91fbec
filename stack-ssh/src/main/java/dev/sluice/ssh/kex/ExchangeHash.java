package dev.sluice.ssh.kex;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.wire.SshViolation;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** The exchange hash H and its signature by the host (RFC 4253 section 8). */
record ExchangeHash(KexContext context, HashAlgorithm hash) {

  /**
   * The client's end of an exchange: checks the host's key and its signature of H (section 8 step
   * 3).
   *
   * @param fields the method's fields as they are hashed
   * @param secret K as it is hashed
   */
  KexResult verified(HostReply reply, byte[] fields, byte[] secret) {
    SshPublicKey hostKey = SshPublicKey.decode(reply.hostKey());
    if (!context.hostKeyAlgorithm().fits(hostKey)) {
      throw SshViolation.keyExchange(
          "the host's key is a " + hostKey.type() + ", not for " + context.hostKeyAlgorithm());
    }
    hostKey.requireRsaBits(context.minRsaBits());
    byte[] h = of(reply.hostKey(), fields, secret);
    if (!context.hostKeyAlgorithm().verify(hostKey, h, reply.signature())) {
      throw SshViolation.keyExchange(
          "the host's signature is not one of " + hostKey.fingerprint() + " over this exchange");
    }
    return new KexResult(hash, secret, h, hostKey);
  }

  /** The server's end: what to answer, its share written before. */
  KexStep signed(SshKeyPair host, Share share, byte[] fields, byte[] secret) {
    byte[] hostKey = host.publicKey().blob();
    byte[] h = of(hostKey, fields, secret);
    byte[] signature = host.sign(context.hostKeyAlgorithm(), h);
    return new KexStep.Send(
        new HostReply(hostKey, share.octets(), signature).encode(share.number()),
        new KexStep.Done(new KexResult(hash, secret, h, host.publicKey())));
  }

  /**
   * The server's share of the secret.
   *
   * @param number of the message that brings it
   * @param octets as in {@link HostReply}
   */
  record Share(int number, byte[] octets) {}

  byte[] of(byte[] hostKey, byte[] fields, byte[] secret) {
    MessageDigest digest = hash.start();
    updateString(digest, context.clientVersion());
    updateString(digest, context.serverVersion());
    updateString(digest, context.clientKexInit());
    updateString(digest, context.serverKexInit());
    updateString(digest, hostKey);
    digest.update(fields);
    digest.update(secret);
    return digest.digest();
  }

  private static void updateString(MessageDigest digest, byte[] octets) {
    digest.update(ByteBuffer.allocate(4).putInt(octets.length).flip());
    digest.update(octets);
  }
}
