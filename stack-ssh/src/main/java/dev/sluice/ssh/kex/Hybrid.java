package dev.sluice.ssh.kex;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A KEM and X25519 together: an attacker who wants the secret must break both
 * (draft-ietf-sshm-mlkem-hybrid-kex, draft-josefsson-ntruprime-ssh).
 */
record Hybrid(Kem kem, HashAlgorithm hash) implements Agreement {

  @Override
  public Pending start(SecureRandom random) {
    return pending(kem.generate(random), Curve25519.Half.generate(random));
  }

  Pending pending(Kem.Decapsulator decapsulator, Curve25519.Half half) {
    byte[] share = joined(decapsulator.key(), half.share());
    return new Pending() {
      @Override
      public byte[] share() {
        return share;
      }

      @Override
      public byte[] secret(byte[] serverShare) {
        requireLength(serverShare, kem.ciphertextBytes());
        byte[] shared = half.agree(tail(serverShare, kem.ciphertextBytes()));
        byte[] ciphertext = Arrays.copyOf(serverShare, kem.ciphertextBytes());
        return combined(decapsulator.secret(ciphertext), shared);
      }
    };
  }

  @Override
  public Answer answer(byte[] clientShare, SecureRandom random) {
    requireLength(clientShare, kem.keyBytes());
    Curve25519.Half half = Curve25519.Half.generate(random);
    byte[] shared = half.agree(tail(clientShare, kem.keyBytes()));
    Kem.Encapsulated encapsulated =
        kem.encapsulate(Arrays.copyOf(clientShare, kem.keyBytes()), random);
    return new Answer(
        joined(encapsulated.ciphertext(), half.share()), combined(encapsulated.secret(), shared));
  }

  /** K is a hash, and all other hashes take it as a string, not as a number. */
  byte[] combined(byte[] kemSecret, byte[] shared) {
    byte[] k = hash.of(kemSecret, shared);
    Arrays.fill(kemSecret, (byte) 0);
    Arrays.fill(shared, (byte) 0);
    return Encoded.bytes(out -> SshString.write(out, k));
  }

  private static void requireLength(byte[] share, int kemBytes) {
    int expected = kemBytes + Curve25519.SHARE_BYTES;
    if (share.length != expected) {
      throw SshViolation.keyExchange(
          "a hybrid share of " + share.length + " bytes, not " + expected);
    }
  }

  private static byte[] tail(byte[] share, int from) {
    return Arrays.copyOfRange(share, from, share.length);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
