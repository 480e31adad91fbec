package dev.sluice.ssh.auth;

import dev.sluice.ssh.auth.ServerLoginState.AwaitRequest;
import dev.sluice.ssh.auth.ServerLoginState.Checking;
import dev.sluice.ssh.auth.ServerLoginState.Deciding;
import dev.sluice.ssh.key.Certificate;
import dev.sluice.ssh.key.Presence;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.message.AuthMessage;
import dev.sluice.ssh.message.AuthMethod;
import dev.sluice.ssh.message.UserAuthRequest;
import dev.sluice.ssh.wire.SshViolation;
import java.util.Arrays;
import java.util.Optional;

/**
 * One request with a public key. Its form is checked first, then whether the key may log in at all,
 * then the signature. Only for a key that has been proved is the decision asked for again, and the
 * client let in (CVE-2024-45337).
 */
final class KeyProof {
  private final LoginPolicy policy;
  private final LoginContext context;
  private final ServerLogin login;
  private final UserAuthRequest request;
  private final AuthMethod.PublicKey method;

  KeyProof(LoginPolicy policy, LoginContext context, ServerLogin login, UserAuthRequest request) {
    this.policy = policy;
    this.context = context;
    this.login = login;
    this.request = request;
    this.method = (AuthMethod.PublicKey) request.method();
  }

  ServerLoginState start() {
    byte[] hostKey = method.hostKey();
    if (hostKey != null && !Arrays.equals(hostKey, context.hostKey().blob())) {
      throw SshViolation.protocol("login: a request bound to another host's key");
    }
    Optional<SignatureAlgorithm> algorithm =
        policy.algorithms().stream().filter(it -> it.name().equals(method.algorithm())).findFirst();
    Optional<SshPublicKey> key = algorithm.flatMap(this::wellFormed);
    if (key.isEmpty() || !login.isNew(key.get().fingerprint())) {
      return login.refused(method.name());
    }
    context.emit(new LoginEvent.KeyShown(request.user(), key.get(), false));
    return new Deciding(method.name(), any -> mayLogIn(algorithm.get(), key.get()));
  }

  /** A key that cannot be read is refused like one that is not known (CVE-2018-15473). */
  private Optional<SshPublicKey> wellFormed(SignatureAlgorithm algorithm) {
    try {
      SshPublicKey key = SshPublicKey.decode(method.key());
      key.requireRsaBits(policy.minRsaBits());
      return algorithm.fits(key) ? Optional.of(key) : Optional.empty();
    } catch (SshViolation malformed) {
      return Optional.empty();
    }
  }

  private ServerLoginState mayLogIn(SignatureAlgorithm algorithm, SshPublicKey key) {
    byte[] signature = method.signature();
    if (signature == null) {
      context.send(new AuthMessage.PkOk(method.algorithm(), method.key()));
      return new AwaitRequest();
    }
    byte[] data = request.signedData(context.sessionId(), method);
    context.offload(
        () -> verifies(algorithm, key, data, signature),
        good -> login.resume(good ? proven(key) : login.refused(method.name())));
    return new Checking();
  }

  private static boolean verifies(
      SignatureAlgorithm algorithm, SshPublicKey key, byte[] data, byte[] signature) {
    try {
      return algorithm.verify(key, data, signature, presence(key));
    } catch (SshViolation malformed) {
      return false;
    }
  }

  private static Presence presence(SshPublicKey key) {
    boolean verified =
        key instanceof Certificate certificate
            && certificate.criticalOptions().containsKey("verify-required");
    return new Presence(true, verified);
  }

  private ServerLoginState proven(SshPublicKey key) {
    context.emit(new LoginEvent.KeyShown(request.user(), key, true));
    return new Deciding(
        method.name(),
        any -> {
          login.used(key.fingerprint());
          return login.stepDone(AuthMethod.PublicKey.NAME);
        });
  }
}
