package dev.sluice.ftp.client;

import dev.sluice.ftp.FtpClientSettings;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpTimeouts;
import dev.sluice.ftp.core.ControlLimits;
import dev.sluice.ftp.core.FtpClientCore;
import dev.sluice.ftp.io.ControlLink;
import dev.sluice.ftp.io.Dialer;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsClientScope;
import dev.sluice.tls.TlsConnector;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How a server is reached: at the beginning of a session, and again when its connection must be
 * replaced.
 */
record Route(FtpClientSettings options, FeatureMemory memory) {
  private static final Duration LONGEST_GRACE = Duration.ofSeconds(2);

  /** A control connection, in clear so far. */
  Mono<ControlLink> connect() {
    return options.security().start() == FtpSecurity.Start.NEVER
        ? dial(null, null)
        : scope(options.security().tls()).flatMap(scope -> dial(scope, null));
  }

  /** One more, on the same event loop, with a TLS session of its own. */
  Mono<ControlLink> connectAgain(TlsClientOptions tls, EventLoop loop) {
    return scope(tls).flatMap(scope -> dial(scope, loop));
  }

  /** Trusted certificates may have to be read from disk. */
  private Mono<TlsClientScope> scope(TlsClientOptions tls) {
    return Mono.fromCallable(
            () -> TlsConnector.of(tls).session(options.host(), options.effectivePort()))
        .subscribeOn(options.transport().scheduler());
  }

  private Mono<ControlLink> dial(@Nullable TlsClientScope tls, @Nullable EventLoop loop) {
    FtpTimeouts timeouts = options.timeouts();
    Dialer dialer = new Dialer(options.transport(), timeouts.connect(), timeouts.dataConnect());
    return ControlLink.connect(
        dialer,
        InetSocketAddress.createUnresolved(options.host(), options.effectivePort()),
        () ->
            new FtpClientCore(
                limits(), options.data().abort(), options.dialogue().charset(), options.trace()),
        tls,
        loop);
  }

  private ControlLimits limits() {
    FtpTimeouts timeouts = options.timeouts();
    Duration half = timeouts.abort().dividedBy(2);
    return new ControlLimits(
        options.limits().replyLineOctets(),
        options.limits().replyLines(),
        timeouts.greeting(),
        timeouts.reply(),
        timeouts.finalReply(),
        timeouts.abort(),
        half.compareTo(LONGEST_GRACE) < 0 ? half : LONGEST_GRACE,
        options.data().keepAlive());
  }
}
