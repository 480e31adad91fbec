package dev.sluice.ssh;

import dev.sluice.ssh.key.SshPublicKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Which host keys a client trusts. */
public sealed interface HostKeyPolicy {

  /** Completes when the key is the host's; signals an error that says why it is not trusted. */
  Mono<Void> check(String host, int port, SshPublicKey key);

  /** What is known of the host before it is asked. */
  default Mono<OnRecord> onRecord(String host, int port) {
    return Mono.just(OnRecord.NOTHING);
  }

  /**
   * What is known of a host.
   *
   * @param types of the keys on record: what to ask the host for first
   * @param keys on record: a host's proof of these is not asked for
   * @param warnings for the user, such as lines of a file that are not understood
   */
  record OnRecord(Set<String> types, Set<SshPublicKey> keys, List<String> warnings) {
    static final OnRecord NOTHING = new OnRecord(Set.of(), Set.of(), List.of());
  }

  /** Whether the keys that a trusted host has beside the one it showed go on record. */
  default boolean learns() {
    return false;
  }

  /** Puts keys on record that a trusted host has proved to hold. */
  default Mono<Void> learn(String host, int port, List<SshPublicKey> keys) {
    return Mono.empty();
  }

  /**
   * Whether a host whose key is not trusted is asked for its keys of other types before that is an
   * error.
   */
  default boolean mayTrustAnother() {
    return false;
  }

  /**
   * The same, but a key in one of these files is never trusted ({@code RevokedHostKeys}): neither
   * one that is pinned nor one of a host that is trusted whatever it shows.
   *
   * @param revoked as in {@link HostRecords}; one that cannot be read revokes everything
   */
  default HostKeyPolicy unlessRevoked(List<Path> revoked) {
    return revoked.isEmpty() ? this : new Unrevoked(HostRecords.in().withRevoked(revoked), this);
  }

  /** Trusts keys of these fingerprints, as {@code SHA256:…}. */
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
   * As {@link #knownHosts}, but the key of a host of which nothing is on record is trusted and
   * added to the first of {@code files}. A changed key is refused, unless the host has announced
   * and proved it while it still had the one before: those are added too.
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

  /** Trusts every key: whoever is on the way can read and change everything. */
  static HostKeyPolicy dangerouslyTrustAnyone() {
    return new DangerouslyTrustAnyone();
  }

  /** Asks whether a host is who it says it is. */
  @FunctionalInterface
  interface Confirmation {
    /** Whether to trust the key from now on. Bounded by the time that a connection may take. */
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

  /** What becomes of hosts of which nothing is on record. */
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

  /** What another policy says of a host by another name ({@code HostKeyAlias}). */
  record Aliased(String name, HostKeyPolicy policy) implements HostKeyPolicy {
    private static final int NO_PORT = 22; // an alias stands on record without a port

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
