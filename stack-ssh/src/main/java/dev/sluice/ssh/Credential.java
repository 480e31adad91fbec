package dev.sluice.ssh;

import dev.sluice.ssh.key.Signer;
import dev.sluice.ssh.key.SshKeyPair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** What a user proves their identity with. Never shows a secret. */
public sealed interface Credential {

  static Credential password(String password) {
    return new Password(
        password,
        prompt -> Mono.error(new IllegalStateException("the password has expired: " + prompt)));
  }

  static Credential key(SshKeyPair pair) {
    return new Key(Signer.of(pair));
  }

  /**
   * The key in a file, in any of the usual formats, and before it the certificate in the file of
   * the same name with {@code -cert.pub}. The key is read at every connect, which fails if it
   * cannot be read.
   *
   * <p>A file that users other than its owner can read is refused; see {@link StrictModes}.
   *
   * @param passphrase empty if the file is not encrypted
   */
  static Credential keyFile(Path file, char[] passphrase) {
    return new KeyFile(file, passphrase, false, true);
  }

  /** The keys of the agent that {@code socket} leads to; an agent that does not answer has none. */
  static Credential agent(Path socket) {
    return new Agent(socket, Duration.ofSeconds(10));
  }

  /** Answers every question with {@code answer}: for servers that ask for a password this way. */
  static Credential answer(String answer) {
    return new Interactive(
        asked -> Mono.just(asked.prompts().stream().map(prompt -> answer).toList()));
  }

  /**
   * A password.
   *
   * @param onExpiry answers the server's prompt for a new one, or signals an error to give up
   */
  record Password(String password, Function<String, Mono<String>> onExpiry) implements Credential {
    @Override
    public String toString() {
      return "Password[***]";
    }
  }

  /** A key, held here or by somebody else. */
  record Key(Signer signer) implements Credential {
    @Override
    public String toString() {
      return "Key[" + signer.publicKey().fingerprint() + "]";
    }
  }

  /**
   * A key in a file.
   *
   * @param passphrase empty if there is none
   * @param optional whether other credentials are still tried when the file cannot be read
   * @param strictModes whether a file that users other than its owner can read is refused
   */
  record KeyFile(Path file, char[] passphrase, boolean optional, boolean strictModes)
      implements Credential {
    public KeyFile {
      passphrase = passphrase.clone();
    }

    @Override
    public String toString() {
      return "KeyFile[" + file + "]";
    }
  }

  /**
   * The keys of an agent.
   *
   * @param timeout of each request to it; a person may have to confirm
   */
  record Agent(Path socket, Duration timeout) implements Credential {}

  /**
   * Answers to the server's questions (RFC 4256).
   *
   * @param respond answers in the order of the prompts, as many as there are
   */
  record Interactive(Function<Questions, Mono<List<String>>> respond) implements Credential {}
}
