package dev.sluice.ssh.kex;

import dev.sluice.ssh.key.SshKeyPair;
import java.security.SecureRandom;

/** A key exchange method that can be negotiated. The values are in {@link KexAlgorithms}. */
public final class KexAlgorithm {
  private final String name;
  private final KexMethod method;

  KexAlgorithm(String name, KexMethod method) {
    this.name = name;
    this.method = method;
  }

  /** As in KEXINIT. */
  public String name() {
    return name;
  }

  /** The client's first step. */
  public KexStep client(KexContext context, SecureRandom random) {
    return method.client(context, random);
  }

  /**
   * The server's first step.
   *
   * @param hostKey a key or certificate that fits the context's host key algorithm
   */
  public KexStep server(KexContext context, SshKeyPair hostKey, SecureRandom random) {
    return method.server(context, hostKey, random);
  }

  @Override
  public String toString() {
    return name;
  }
}
