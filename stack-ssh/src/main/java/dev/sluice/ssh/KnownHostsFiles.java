package dev.sluice.ssh;

import dev.sluice.api.IoScheduler;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.key.trust.HostKeyVerdict;
import dev.sluice.ssh.key.trust.KnownHosts;
import dev.sluice.ssh.key.trust.RevokedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Files of host keys on record. Read again for each connection, off the event loop. A file that
 * cannot be read is an error and never a reason to trust (CVE-2025-26465).
 */
public record KnownHostsFiles(HostRecords records) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Completes when the key is on record for the host. */
  public Mono<Void> check(String host, int port, SshPublicKey key) {
    return checkOrAsk(host, port, key, (h, p, k) -> Mono.just(false));
  }

  /** As {@link #check}; the key of a host that is not known is put on record in the first file. */
  public Mono<Void> checkOrAdd(String host, int port, SshPublicKey key) {
    return checkOrAsk(host, port, key, (h, p, k) -> Mono.just(true));
  }

  /** As {@link #checkOrAdd}, if {@code person} says yes. */
  public Mono<Void> checkOrAsk(
      String host, int port, SshPublicKey key, HostKeyPolicy.Confirmation person) {
    return onWorker(() -> judge(host, port, key))
        .flatMap(
            judged ->
                switch (judged.verdict()) {
                  case MATCH -> Mono.empty();
                  case UNKNOWN, UNKNOWN_PORT ->
                      person
                          .confirm(host, port, key)
                          .filter(trusted -> trusted)
                          .switchIfEmpty(Mono.error(judged::refusal))
                          .flatMap(trusted -> put(host, port, key));
                  default -> Mono.error(judged.refusal());
                });
  }

  /** Completes unless a file of revoked keys has the key; known_hosts files are not looked at. */
  public Mono<Void> checkUnrevoked(String host, SshPublicKey key) {
    return onWorker(() -> Optional.ofNullable(revoked(host, key)))
        .flatMap(judged -> judged.isPresent() ? Mono.error(judged.get().refusal()) : Mono.empty());
  }

  /** Puts keys that the host has proved on record in the first file, unless one is revoked. */
  public Mono<Void> add(String host, int port, List<SshPublicKey> proved) {
    return onWorker(
            () -> {
              append(
                  () ->
                      proved.stream()
                          .filter(key -> isNew(judge(host, port, key).verdict()))
                          .map(key -> line(host, port, key))
                          .toList());
              return true;
            })
        .then();
  }

  /** What is on record for a host before its key is known. */
  public Mono<HostKeyPolicy.OnRecord> onRecord(String host, int port) {
    return onWorker(
        () -> {
          KnownHosts hosts = read();
          Set<SshPublicKey> keys = hosts.keys(host, port);
          Set<String> types =
              keys.stream().map(SshPublicKey::type).collect(Collectors.toUnmodifiableSet());
          return new HostKeyPolicy.OnRecord(types, keys, warnings(hosts));
        });
  }

  /** Another session may have recorded the host meanwhile, with another key. */
  private Mono<Void> put(String host, int port, SshPublicKey key) {
    return onWorker(
            () -> {
              append(
                  () -> {
                    Judged now = judge(host, port, key);
                    return switch (now.verdict()) {
                      case MATCH -> List.of();
                      case UNKNOWN, UNKNOWN_PORT -> List.of(line(host, port, key));
                      default -> throw now.refusal();
                    };
                  });
              return true;
            })
        .then();
  }

  private static boolean isNew(HostKeyVerdict verdict) {
    return verdict != HostKeyVerdict.MATCH && verdict != HostKeyVerdict.REVOKED;
  }

  private String line(String host, int port, SshPublicKey key) {
    return records.hashed()
        ? KnownHosts.hashedLine(host, port, key, RANDOM)
        : KnownHosts.line(host, port, key);
  }

  /** What all files together say about a key. */
  private Judged judge(String host, int port, SshPublicKey key) {
    Judged revoked = revoked(host, key);
    if (revoked != null) {
      return revoked;
    }
    KnownHosts hosts = read();
    HostKeyVerdict verdict = hosts.verdict(host, port, key, System.currentTimeMillis() / 1000);
    String where =
        hosts
            .place(host, port, verdict == HostKeyVerdict.REVOKED)
            .map(place -> records.files().get(place.file()) + ", line " + place.line())
            .orElseGet(this::names);
    return new Judged(verdict, host, key, where);
  }

  /** What the files of revoked keys say; null = nothing. */
  private @Nullable Judged revoked(String host, SshPublicKey key) {
    for (Path file : records.revoked()) {
      if (revokedKeys(file).isRevoked(key)) {
        return new Judged(HostKeyVerdict.REVOKED, host, key, file.toString());
      }
    }
    return null;
  }

  private String names() {
    return records.files().stream().map(Path::toString).collect(Collectors.joining(" and "));
  }

  private record Judged(HostKeyVerdict verdict, String host, SshPublicKey key, String where) {
    HostKeyRefused refusal() {
      String shown = "the host key of " + host + " is " + key.type() + " " + key.fingerprint();
      return new HostKeyRefused(
          switch (verdict) {
            case CHANGED -> shown + ", but another is on record in " + where + ": was it changed?";
            case REVOKED -> shown + ", which is revoked in " + where;
            case UNKNOWN_PORT ->
                shown + ", which is on record in " + where + " for the host, but not for this port";
            default -> shown + "; nothing is on record in " + where;
          });
    }
  }

  private List<String> warnings(KnownHosts hosts) {
    return hosts.unreadable().stream()
        .map(
            line ->
                records.files().get(line.file())
                    + ", line "
                    + line.number()
                    + " is not understood and does not count: "
                    + line.why())
        .toList();
  }

  private KnownHosts read() {
    List<String> texts = new ArrayList<>();
    for (Path file : records.files()) {
      try {
        texts.add(Files.exists(file) ? EditedFile.text(file) : "");
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
    return KnownHosts.parse(texts.toArray(String[]::new));
  }

  private static RevokedKeys revokedKeys(Path file) {
    try {
      return RevokedKeys.parse(EditedFile.octets(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the revoked keys in " + file, e);
    } catch (IllegalArgumentException e) {
      throw new UncheckedIOException(
          "cannot read the revoked keys in " + file, new IOException(e.getMessage(), e));
    }
  }

  private void append(RecordFile.Lines lines) {
    if (records.user().isEmpty()) {
      return; // "UserKnownHostsFile none": trusted for this connection only
    }
    Path file = records.user().get(0);
    try {
      RecordFile.append(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot add a host key to " + file, e);
    }
  }

  private static <T> Mono<T> onWorker(Supplier<T> work) {
    return Mono.fromSupplier(work).subscribeOn(IoScheduler.shared());
  }
}
