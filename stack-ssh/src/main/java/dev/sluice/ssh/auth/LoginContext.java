package dev.sluice.ssh.auth;

import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.message.SshMessage;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a login needs from its surroundings. */
public interface LoginContext {

  void send(SshMessage message);

  void emit(LoginEvent event);

  /** Computes elsewhere; the peer's next message is handled after {@code then} has run. */
  <T> void offload(Supplier<T> computation, Consumer<? super T> then);

  byte[] sessionId();

  /** The server's key in the last key exchange. */
  SshPublicKey hostKey();

  /** The signature algorithms that the server says it accepts; null = it does not say. */
  @Nullable List<String> serverSignatureAlgorithms();

  /** Whether the server accepts requests that are bound to its host key. */
  boolean serverTakesHostBound();

  /** The time of a clock that never runs backwards. */
  long nowNanos();
}
