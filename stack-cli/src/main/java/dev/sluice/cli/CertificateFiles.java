package dev.sluice.cli;

import dev.sluice.api.storage.local.IoScheduler;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.PemFiles;
import dev.sluice.tls.ReloadableCertificates;
import dev.sluice.tls.ServerCertificates;
import dev.sluice.transport.io.EventLoops;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A server's certificate and key in files, which are looked at again and again: sessions that begin
 * behind a change get what is there then, running ones keep what they have.
 *
 * @param chain certificates, the key's own first (PEM)
 * @param key its private key (PEM)
 * @param err hears what was loaded
 */
record CertificateFiles(Path chain, Path key, PrintWriter err) {
  private static final Duration PERIOD = Duration.ofSeconds(2);

  /** What tells that a file has changed. */
  private record Stamp(FileTime chain, long chainOctets, FileTime key, long keyOctets) {}

  /** Loads them, and watches them as long as the process runs. */
  ServerCertificates watched() {
    Stamp begin = UsageError.unless(this::stamp);
    ReloadableCertificates certificates = load();
    Scheduler clock = Schedulers.fromExecutorService(EventLoops.clock());
    Flux.interval(PERIOD, clock)
        .onBackpressureDrop()
        .concatMap(
            tick ->
                Mono.fromCallable(this::stamp).subscribeOn(IoScheduler.shared()).onErrorComplete(),
            1)
        .startWith(begin)
        .distinctUntilChanged()
        .skip(1)
        .concatMap(stamp -> certificates.reload().onErrorResume(this::kept), 1)
        .subscribe();
    return certificates;
  }

  private ReloadableCertificates load() {
    try {
      return ReloadableCertificates.load(this::read);
    } catch (IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private ServerCertificates read() {
    KeyMaterial material = PemFiles.keyMaterial(chain, key);
    tell(material, err);
    return ServerCertificates.of(material);
  }

  /** Says what a client may pin. */
  static void tell(KeyMaterial material, PrintWriter err) {
    String pin = PeerVerification.pin(material.chain().get(0));
    err.println("sluice: certificate with key sha256/" + pin);
  }

  private Mono<Void> kept(Throwable failure) {
    return Mono.fromRunnable(
        () -> err.println("sluice: the certificate stays: " + ExitStatus.explain(failure)));
  }

  private Stamp stamp() {
    try {
      return new Stamp(
          Files.getLastModifiedTime(chain),
          Files.size(chain),
          Files.getLastModifiedTime(key),
          Files.size(key));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + e.getMessage(), e);
    }
  }
}
