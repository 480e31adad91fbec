package dev.sluice.tls;

import java.util.Optional;
import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Certificates that can be replaced while a server runs. A session, including its data connections,
 * keeps the certificate it began with; new sessions use the current one.
 */
public final class ReloadableCertificates implements ServerCertificates {
  private final Callable<ServerCertificates> source;
  private volatile ServerCertificates current;

  private ReloadableCertificates(Callable<ServerCertificates> source, ServerCertificates current) {
    this.source = source;
    this.current = current;
  }

  /**
   * Loads certificates, now and at every {@link #reload}. Not for event loops.
   *
   * @param source reads files, for example with {@link PemFiles}
   * @throws Exception whatever {@code source} throws
   */
  public static ReloadableCertificates load(Callable<ServerCertificates> source) throws Exception {
    return new ReloadableCertificates(source, source.call());
  }

  /**
   * Loads again. When that fails, the previous certificates stay in use and the failure is
   * signalled.
   */
  public Mono<Void> reload() {
    return Mono.fromCallable(source)
        .subscribeOn(Schedulers.boundedElastic())
        .doOnNext(loaded -> current = loaded)
        .then();
  }

  @Override
  public Optional<KeyMaterial> find(Optional<String> serverName) {
    return current.find(serverName);
  }
}
