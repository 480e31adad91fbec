package dev.sluice.ssh.client;

import dev.sluice.api.storage.local.IoScheduler;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.HostKeyRefused;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.key.trust.HostKeyVerdict;
import dev.sluice.ssh.key.trust.KnownHosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Files of host keys on record. Read anew for each connection, off the event loop; a file that
 * cannot be read is an error and never a reason to trust (CVE-2025-26465).
 */
public record KnownHostsFiles(List<Path> files) {

  /** Completes when the key is on record for the host. */
  public Mono<Void> check(String host, int port, SshPublicKey key) {
    return offLoop(
        () -> {
          HostKeyVerdict verdict = verdict(host, port, key);
          if (verdict != HostKeyVerdict.MATCH) {
            throw refusal(verdict, host, key);
          }
          return true;
        });
  }

  /** As {@link #check}; the key of a host that is not known is put on record in the first file. */
  public Mono<Void> checkOrAdd(String host, int port, SshPublicKey key) {
    return checkOrAsk(host, port, key, (h, p, k) -> Mono.just(true));
  }

  /** As {@link #checkOrAdd}, if {@code person} says yes. */
  public Mono<Void> checkOrAsk(
      String host, int port, SshPublicKey key, HostKeyPolicy.Confirmation person) {
    return Mono.fromSupplier(() -> verdict(host, port, key))
        .subscribeOn(IoScheduler.shared())
        .flatMap(
            verdict ->
                switch (verdict) {
                  case MATCH -> Mono.empty();
                  case UNKNOWN, UNKNOWN_PORT ->
                      person
                          .confirm(host, port, key)
                          .filter(trusted -> trusted)
                          .switchIfEmpty(Mono.error(() -> refusal(verdict, host, key)))
                          .flatMap(trusted -> add(host, port, List.of(key)));
                  default -> Mono.error(refusal(verdict, host, key));
                });
  }

  /** Puts keys that the host has proved on record in the first file, unless one is revoked. */
  public Mono<Void> add(String host, int port, List<SshPublicKey> proved) {
    return offLoop(
        () -> {
          proved.stream()
              .filter(key -> isNew(verdict(host, port, key)))
              .forEach(key -> add(KnownHosts.line(host, port, key)));
          return true;
        });
  }

  /** The keys on record for a host. */
  public Mono<Set<SshPublicKey>> keys(String host, int port) {
    return Mono.fromSupplier(() -> read().keys(host, port)).subscribeOn(IoScheduler.shared());
  }

  /** The types of the keys on record for a host. */
  public Mono<Set<String>> types(String host, int port) {
    return Mono.fromSupplier(() -> read().types(host, port)).subscribeOn(IoScheduler.shared());
  }

  private static boolean isNew(HostKeyVerdict verdict) {
    return verdict != HostKeyVerdict.MATCH && verdict != HostKeyVerdict.REVOKED;
  }

  private HostKeyVerdict verdict(String host, int port, SshPublicKey key) {
    return read().verdict(host, port, key, System.currentTimeMillis() / 1000);
  }

  private KnownHosts read() {
    List<String> texts = new ArrayList<>();
    for (Path file : files) {
      try {
        if (Files.exists(file)) {
          texts.add(Files.readString(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
    return KnownHosts.parse(texts.toArray(String[]::new));
  }

  private void add(String line) {
    Path file = files.get(0);
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null && !Files.exists(directory)) {
        Files.createDirectories(directory);
      }
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot add a host key to " + file, e);
    }
  }

  private HostKeyRefused refusal(HostKeyVerdict verdict, String host, SshPublicKey key) {
    String shown = "the host key of " + host + " is " + key.type() + " " + key.fingerprint();
    return new HostKeyRefused(
        switch (verdict) {
          case CHANGED -> shown + ", but another is on record in " + files + ": was it changed?";
          case REVOKED -> shown + ", which is revoked in " + files;
          case UNKNOWN_PORT ->
              shown + ", which is on record in " + files + " for the host, but not for this port";
          default -> shown + "; nothing is on record in " + files;
        });
  }

  private static Mono<Void> offLoop(Supplier<Boolean> check) {
    return Mono.fromSupplier(check).subscribeOn(IoScheduler.shared()).then();
  }
}
