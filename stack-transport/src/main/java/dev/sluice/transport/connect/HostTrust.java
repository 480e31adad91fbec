package dev.sluice.transport.connect;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Which host keys of SSH are trusted. */
public sealed interface HostTrust {

  /**
   * Those on record in files of OpenSSH's known_hosts format. A changed key is always refused.
   *
   * @param files read at each login
   * @param added whether the key of an unknown host is trusted and added to the first file
   */
  record KnownHosts(List<Path> files, boolean added) implements HostTrust {
    public KnownHosts {
      files = List.copyOf(files);
      if (files.isEmpty()) {
        throw new IllegalArgumentException("no file of known hosts");
      }
    }
  }

  /**
   * Those on record, and those that somebody confirms; these are added to the file.
   *
   * @param person asked about each unknown host; the time allowed for connecting limits the wait
   */
  record Confirmed(Path file, Confirmation person) implements HostTrust {}

  /**
   * Those with one of these fingerprints, such as {@code SHA256:…}, whatever the host.
   *
   * @param fingerprints at least one
   */
  record Pinned(Set<String> fingerprints) implements HostTrust {
    public Pinned {
      fingerprints = Set.copyOf(fingerprints);
      if (fingerprints.isEmpty()) {
        throw new IllegalArgumentException("no host key would be trusted");
      }
    }
  }

  /** Any key, that of an attacker on the path included. */
  record DangerouslyTrustAnyone() implements HostTrust {}

  /** Trusts keys with these fingerprints. */
  static HostTrust pinned(String... fingerprints) {
    return new Pinned(Set.of(fingerprints));
  }

  /** Trusts every key: an attacker on the path can read and change everything. */
  static HostTrust dangerouslyTrustAnyone() {
    return new DangerouslyTrustAnyone();
  }

  /** Asks whether a host is the one that it claims to be. */
  @FunctionalInterface
  interface Confirmation {
    /**
     * Whether to trust the key from now on.
     *
     * @param fingerprint of the key, as {@code SHA256:…}
     */
    Mono<Boolean> confirm(String host, int port, String fingerprint);
  }
}
