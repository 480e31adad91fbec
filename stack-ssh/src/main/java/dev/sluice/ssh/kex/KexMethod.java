package dev.sluice.ssh.kex;

import dev.sluice.ssh.key.SshKeyPair;
import java.security.SecureRandom;

/** How one method runs, on either side. */
interface KexMethod {
  KexStep client(KexContext context, SecureRandom random);

  KexStep server(KexContext context, SshKeyPair hostKey, SecureRandom random);
}
