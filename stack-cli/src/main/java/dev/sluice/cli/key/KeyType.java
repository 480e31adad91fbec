package dev.sluice.cli.key;

import dev.sluice.cli.status.UsageError;
import dev.sluice.ssh.key.Curve;
import dev.sluice.ssh.key.EcdsaPrivateKey;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.RsaPrivateKey;
import dev.sluice.ssh.key.SshPrivateKey;
import java.security.SecureRandom;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of keys that are made. */
public enum KeyType {
  ED25519,
  ECDSA,
  RSA;

  private static final int USUAL_RSA = 3072;
  private static final int LEAST_RSA = 2048;
  private static final int MOST_RSA = 8192;

  /**
   * Makes a key.
   *
   * @param bits of its size; null = the usual one
   */
  public SshPrivateKey generate(@Nullable Integer bits, SecureRandom random) {
    return switch (this) {
      case ED25519 -> {
        if (bits != null) {
          throw new UsageError("a key of Ed25519 has one size; leave --bits out");
        }
        yield Ed25519PrivateKey.generate(random);
      }
      case ECDSA -> EcdsaPrivateKey.generate(curve(bits == null ? 256 : bits), random);
      case RSA -> {
        int size = bits == null ? USUAL_RSA : bits;
        if (size < LEAST_RSA || size > MOST_RSA) {
          throw new UsageError("--bits of RSA takes " + LEAST_RSA + " to " + MOST_RSA);
        }
        yield RsaPrivateKey.generate(size, random);
      }
    };
  }

  private static Curve curve(int bits) {
    return switch (bits) {
      case 256 -> Curve.NISTP256;
      case 384 -> Curve.NISTP384;
      case 521 -> Curve.NISTP521;
      default -> throw new UsageError("--bits of ECDSA takes 256, 384 or 521");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
