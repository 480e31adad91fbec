package dev.sluice.ssh.auth;

import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.key.Signer;
import dev.sluice.ssh.message.AuthMethod;
import java.util.List;

/** A way in which a client can try to log in; each is tried once. */
public sealed interface ClientMethod {

  /** The method's name in the server's lists. */
  String name();

  /** A password. Secret. */
  record WithPassword(String password) implements ClientMethod {
    @Override
    public String name() {
      return AuthMethod.Password.NAME;
    }

    @Override
    public String toString() {
      return "password";
    }
  }

  /**
   * A key.
   *
   * @param algorithms that it may be used with, preferred first
   */
  record WithKey(Signer signer, List<SignatureAlgorithm> algorithms) implements ClientMethod {
    public WithKey {
      algorithms = List.copyOf(algorithms);
    }

    @Override
    public String name() {
      return AuthMethod.PublicKey.NAME;
    }

    @Override
    public String toString() {
      return "publickey " + signer.publicKey().fingerprint();
    }
  }

  /** Answers to the server's questions, asked for by {@link LoginEvent.AnswersWanted}. */
  record WithAnswers() implements ClientMethod {
    @Override
    public String name() {
      return AuthMethod.KeyboardInteractive.NAME;
    }

    @Override
    public String toString() {
      return "keyboard-interactive";
    }
  }
}
