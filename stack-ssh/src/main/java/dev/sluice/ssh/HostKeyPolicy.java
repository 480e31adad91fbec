package dev.sluice.ssh;

import dev.sluice.ssh.key.SshPublicKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Which host keys a client trusts. */
public sealed interface HostKeyPolicy {

  /**
   * Completes if the key is trusted for the host; else signals an error that says why it is not.
   */
  Mono<Void> check(String host, int port, SshPublicKey key);

  /** What is on record about the host before it is asked. */
  default Mono<OnRecord> onRecord(String host, int port) {
    return Mono.just(OnRecord.NOTHING);
  }

  /**
   * What is on record about a host.
   *
   * @param types of the keys on record; the host is asked for these types first
   * @param keys on record; the host is not asked to prove these
   * @param warnings for the user, such as lines of a file that cannot be understood
   */
  record OnRecord(Set<String> types, Set<SshPublicKey> keys, List<String> warnings) {
    static final OnRecord NOTHING = new OnRecord(Set.of(), Set.of(), List.of());
  }

  /** Whether the other keys of a trusted host are put on record, besides the key that it showed. */
  default boolean learns() {
    return false;
  }

  /** Puts keys on record that a trusted host has proved it holds. */
  default Mono<Void> learn(String host, int port, List<SshPublicKey> keys) {
    return Mono.empty();
  }

  /** Whether to ask a host for keys of other types before its untrusted key becomes an error. */
  default boolean mayTrustAnother() {
    return false;
  }

  /**
   * The same policy, but a key in one of these files is never trusted ({@code RevokedHostKeys}),
   * even if it is pinned or the policy trusts every key.
   *
   * @param revoked as in {@link HostRecords}; a file that cannot be read revokes every key
   */
  default HostKeyPolicy unlessRevoked(List<Path> revoked) {
    return revoked.isEmpty() ? this : new Unrevoked(HostRecords.in().withRevoked(revoked), this);
  }

  /** Trusts keys with these fingerprints, such as {@code SHA256:…}. */
  static HostKeyPolicy pinned(String... fingerprints) {
    return new Pinned(Set.of(fingerprints));
  }

  /** Trusts what is on record in files of OpenSSH's known_hosts format, and nothing else. */
  static HostKeyPolicy knownHosts(Path... files) {
    return knownHosts(HostRecords.in(files));
  }

  /** Trusts what is on record, and nothing else. */
  static HostKeyPolicy knownHosts(HostRecords records) {
    return new Recorded(records, NewHosts.REFUSED);
  }

  /**
   * As {@link #knownHosts}, but if nothing is on record for a host, its key is trusted and added to
   * the first of {@code files}. A changed key is refused, unless the host announced and proved it
   * earlier, while it still used the old key: such keys are added too.
   */
  static HostKeyPolicy trustOnFirstUse(Path... files) {
    return trustOnFirstUse(HostRecords.in(files));
  }

  /** As {@link #trustOnFirstUse(Path...)} with these records. */
  static HostKeyPolicy trustOnFirstUse(HostRecords records) {
    return new Recorded(records, NewHosts.ADDED);
  }

  /** As {@link #trustOnFirstUse}, but {@code person} decides about each new host. */
  static HostKeyPolicy confirmed(Path file, Confirmation person) {
    return confirmed(HostRecords.in(file), person);
  }

  /** As {@link #confirmed(Path, Confirmation)} with these records. */
  static HostKeyPolicy confirmed(HostRecords records, Confirmation person) {
    return new Recorded(records, new NewHosts.Confirmed(person));
  }

  /** Trusts every key: an attacker on the path can read and change everything. */
  static HostKeyPolicy dangerouslyTrustAnyone() {
    return new DangerouslyTrustAnyone();
  }

  /** Asks whether a host is the one that it claims to be. */
  @FunctionalInterface
  interface Confirmation {
    /** Whether to trust the key from now on. The time allowed for connecting limits the wait. */
    Mono<Boolean> confirm(String host, int port, SshPublicKey key);
  }

  /** Keys that are known in advance. */
  record Pinned(Set<String> fingerprints) implements HostKeyPolicy {
    public Pinned {
      fingerprints = Set.copyOf(fingerprints);
    }

    @Override
    public boolean mayTrustAnother() {
      return true;
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

  /** What happens to hosts that have nothing on record. */
  sealed interface NewHosts {
    NewHosts REFUSED = new Refused();
    NewHosts ADDED = new Added();

    /** They are not trusted. */
    record Refused() implements NewHosts {}

    /** They are trusted and put on record. */
    record Added() implements NewHosts {}

    /** They are put on record when somebody confirms them. */
    record Confirmed(Confirmation person) implements NewHosts {}
  }

  /** Keys on record in files. */
  record Recorded(HostRecords records, NewHosts newHosts) implements HostKeyPolicy {
    @Override
    public Mono<Void> check(String host, int port, SshPublicKey key) {
      KnownHostsFiles files = new KnownHostsFiles(records);
      if (newHosts instanceof NewHosts.Confirmed confirmed) {
        return files.checkOrAsk(host, port, key, confirmed.person());
      }
      return learns() ? files.checkOrAdd(host, port, key) : files.check(host, port, key);
    }

    @Override
    public Mono<OnRecord> onRecord(String host, int port) {
      return new KnownHostsFiles(records).onRecord(host, port);
    }

    @Override
    public boolean learns() {
      return !(newHosts instanceof NewHosts.Refused);
    }

    @Override
    public Mono<Void> learn(String host, int port, List<SshPublicKey> keys) {
      return learns() ? new KnownHostsFiles(records).add(host, port, keys) : Mono.empty();
    }
  }

  /** Another policy, asked about the host under another name ({@code HostKeyAlias}). */
  record Aliased(String name, HostKeyPolicy policy) implements HostKeyPolicy {
    private static final int NO_PORT = 22; // an alias is on record without a port

    @Override
    public Mono<Void> check(String host, int port, SshPublicKey key) {
      return policy.check(name, NO_PORT, key);
    }

    @Override
    public Mono<OnRecord> onRecord(String host, int port) {
      return policy.onRecord(name, NO_PORT);
    }

    @Override
    public boolean learns() {
      return policy.learns();
    }

    @Override
    public Mono<Void> learn(String host, int port, List<SshPublicKey> keys) {
      return policy.learn(name, NO_PORT, keys);
    }
  }

  /** What another policy trusts, unless it is revoked. */
  record Unrevoked(HostRecords records, HostKeyPolicy policy) implements HostKeyPolicy {
    @Override
    public Mono<Void> check(String host, int port, SshPublicKey key) {
      return new KnownHostsFiles(records)
          .checkUnrevoked(host, key)
          .then(Mono.defer(() -> policy.check(host, port, key)));
    }

    @Override
    public boolean mayTrustAnother() {
      return policy.mayTrustAnother();
    }

    @Override
    public Mono<OnRecord> onRecord(String host, int port) {
      return policy.onRecord(host, port);
    }

    @Override
    public boolean learns() {
      return policy.learns();
    }

    @Override
    public Mono<Void> learn(String host, int port, List<SshPublicKey> keys) {
      return policy.learn(host, port, keys);
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
