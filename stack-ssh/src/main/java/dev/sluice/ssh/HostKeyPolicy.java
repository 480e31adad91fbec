package dev.sluice.ssh;

import dev.sluice.ssh.client.KnownHostsFiles;
import dev.sluice.ssh.key.SshPublicKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Which host keys a client trusts. */
public sealed interface HostKeyPolicy {

  /** Completes when the key is the host's; signals an error that says why it is not trusted. */
  Mono<Void> check(String host, int port, SshPublicKey key);

  /** The types of the keys on record: what to ask the host for first. */
  default Mono<Set<String>> knownTypes(String host, int port) {
    return Mono.just(Set.of());
  }

  /** The keys on record for a host that may change them: those whose proof it is not asked for. */
  default Mono<Set<SshPublicKey>> recorded(String host, int port) {
    return Mono.just(Set.of());
  }

  /** Whether the keys that a trusted host has beside the one it showed go on record. */
  default boolean learns() {
    return false;
  }

  /** Puts keys on record that a trusted host has proved to hold. */
  default Mono<Void> learn(String host, int port, List<SshPublicKey> keys) {
    return Mono.empty();
  }

  /** Trusts keys of these fingerprints, as {@code SHA256:…}. */
  static HostKeyPolicy pinned(String... fingerprints) {
    return new Pinned(Set.of(fingerprints));
  }

  /** Trusts what is on record in files of OpenSSH's known_hosts format, and nothing else. */
  static HostKeyPolicy knownHosts(Path... files) {
    return new KnownHosts(List.of(files));
  }

  /**
   * As {@link #knownHosts}, but the key of a host of which nothing is on record is trusted and
   * added to {@code file}. A changed key is refused, unless the host has announced and proved it
   * while it still had the one before: those are added too.
   */
  static HostKeyPolicy trustOnFirstUse(Path file) {
    return new TrustOnFirstUse(file);
  }

  /** As {@link #trustOnFirstUse}, but {@code person} decides about each new host. */
  static HostKeyPolicy confirmed(Path file, Confirmation person) {
    return new Confirmed(file, person);
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

  /** Keys on record in files. */
  record KnownHosts(List<Path> files) implements HostKeyPolicy {
    public KnownHosts {
      files = List.copyOf(files);
    }

    @Override
    public Mono<Void> check(String host, int port, SshPublicKey key) {
      return new KnownHostsFiles(files).check(host, port, key);
    }

    @Override
    public Mono<Set<String>> knownTypes(String host, int port) {
      return new KnownHostsFiles(files).types(host, port);
    }
  }

  /** Keys on record in a file, to which those of new hosts are added. */
  record TrustOnFirstUse(Path file) implements HostKeyPolicy {
    @Override
    public Mono<Void> check(String host, int port, SshPublicKey key) {
      return new KnownHostsFiles(List.of(file)).checkOrAdd(host, port, key);
    }

    @Override
    public Mono<Set<String>> knownTypes(String host, int port) {
      return new KnownHostsFiles(List.of(file)).types(host, port);
    }

    @Override
    public Mono<Set<SshPublicKey>> recorded(String host, int port) {
      return new KnownHostsFiles(List.of(file)).keys(host, port);
    }

    @Override
    public boolean learns() {
      return true;
    }

    @Override
    public Mono<Void> learn(String host, int port, List<SshPublicKey> keys) {
      return new KnownHostsFiles(List.of(file)).add(host, port, keys);
    }
  }

  /** Keys on record in a file, to which those that somebody confirms are added. */
  record Confirmed(Path file, Confirmation person) implements HostKeyPolicy {
    @Override
    public Mono<Void> check(String host, int port, SshPublicKey key) {
      return new KnownHostsFiles(List.of(file)).checkOrAsk(host, port, key, person);
    }

    @Override
    public Mono<Set<String>> knownTypes(String host, int port) {
      return new KnownHostsFiles(List.of(file)).types(host, port);
    }

    @Override
    public Mono<Set<SshPublicKey>> recorded(String host, int port) {
      return new KnownHostsFiles(List.of(file)).keys(host, port);
    }

    @Override
    public boolean learns() {
      return true;
    }

    @Override
    public Mono<Void> learn(String host, int port, List<SshPublicKey> keys) {
      return new KnownHostsFiles(List.of(file)).add(host, port, keys);
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
