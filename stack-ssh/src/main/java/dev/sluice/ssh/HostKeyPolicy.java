package dev.sluice.ssh;

import dev.sluice.ssh.key.SshPublicKey;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Which host keys a client trusts. */
public sealed interface HostKeyPolicy {

  /** Completes when the key is the host's; signals an error that says why it is not trusted. */
  Mono<Void> check(String host, int port, SshPublicKey key);

  /** Trusts keys of these fingerprints, as {@code SHA256:…}. */
  static HostKeyPolicy pinned(String... fingerprints) {
    return new Pinned(Set.of(fingerprints));
  }

  /** Trusts every key: whoever is on the way can read and change everything. */
  static HostKeyPolicy dangerouslyTrustAnyone() {
    return new DangerouslyTrustAnyone();
  }

  /** Keys that are known in advance. */
  record Pinned(Set<String> fingerprints) implements HostKeyPolicy {
    public Pinned {
      fingerprints = Set.copyOf(fingerprints);
    }

    @Override
    public Mono<Void> check(String host, int port, SshPublicKey key) {
      return fingerprints.contains(key.fingerprint())
          ? Mono.empty()
          : Mono.error(
              new HostKeyRefused(
                  "the host key of "
                      + host
                      + " is "
                      + key.fingerprint()
                      + ", which is not pinned"));
    }
  }

  /** Any key at all. */
  record DangerouslyTrustAnyone() implements HostKeyPolicy {
    @Override
    public Mono<Void> check(String host, int port, SshPublicKey key) {
      return Mono.empty();
    }
  }
}
