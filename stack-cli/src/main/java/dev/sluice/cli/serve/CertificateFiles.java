package dev.sluice.cli.serve;

import dev.sluice.api.IoScheduler;
import dev.sluice.api.RawName;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.UsageError;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.PemFiles;
import dev.sluice.tls.ReloadableCertificates;
import dev.sluice.tls.ServerCertificates;
import dev.sluice.transport.EventLoops;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A server's certificate and key in files, which are checked again and again: sessions that begin
 * after a change get the new certificate, running sessions keep theirs.
 *
 * @param chain certificates, the key's own first (PEM)
 * @param key its private key (PEM)
 * @param err hears what was loaded, and what could not be
 * @param lastFailure why the files could not be read; empty = they could
 */
record CertificateFiles(
    Path chain, Path key, PrintWriter err, AtomicReference<String> lastFailure) {
  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final int SOON_DAYS = 21;

  CertificateFiles(Path chain, Path key, PrintWriter err) {
    this(chain, key, err, new AtomicReference<>(""));
  }

  /** The properties that show whether a file has changed. */
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
                Mono.fromCallable(this::stamp)
                    .subscribeOn(IoScheduler.shared())
                    .doOnNext(readable -> lastFailure.set(""))
                    .doOnError(this::unreadable)
                    .onErrorComplete(),
            1)
        .startWith(begin)
        .distinctUntilChanged()
        .skip(1)
        .concatMap(
            stamp ->
                certificates
                    .reload()
                    .then(Mono.<Void>fromRunnable(() -> say(chain + " was read again")))
                    .onErrorResume(this::kept),
            1)
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

  /** Says what a client may pin, and how long the certificate is good for. */
  static void tell(KeyMaterial material, PrintWriter err) {
    X509Certificate own = material.chain().get(0);
    long days = Duration.between(Instant.now(), own.getNotAfter().toInstant()).toDays();
    err.println(
        "sluice: certificate with key sha256/"
            + PeerVerification.pin(own)
            + (days < 0 ? " (EXPIRED" : " (valid for " + days + " more days")
            + (days >= 0 && days < SOON_DAYS ? ": replace it soon)" : ")"));
    err.flush();
  }

  private Mono<Void> kept(Throwable failure) {
    return Mono.fromRunnable(
        () ->
            say("the certificate stays as it was: " + chain + ": " + ExitStatus.explain(failure)));
  }

  /** A file that is missing for a moment is being replaced; one line says so, not one a tick. */
  private void unreadable(Throwable failure) {
    String why = String.valueOf(failure.getMessage());
    if (!why.equals(lastFailure.getAndSet(why))) {
      say("the certificate stays as it was: " + why);
    }
  }

  private void say(String text) {
    err.println("sluice: " + RawName.escape(text));
    err.flush();
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
