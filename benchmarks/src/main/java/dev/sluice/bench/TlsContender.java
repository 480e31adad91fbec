package dev.sluice.bench;

import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.TlsAcceptor;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsConnector;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.io.TlsHandler;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;

/**
 * The TLS implementations in a comparison: the same provider, version and cipher suite on both
 * sides.
 */
public enum TlsContender {
  SLUICE {
    @Override
    CompletableFuture<?> client(Channel channel) {
      TlsClientOptions options =
          TlsClientOptions.DEFAULT.withVerification(
              PeerVerification.authorities(List.of(CERTIFICATE.certificate())));
      return TlsHandler.start(channel, TlsConnector.of(options).session("localhost", 1).first())
          .established()
          .toFuture();
    }

    @Override
    CompletableFuture<?> server(Channel channel) {
      KeyMaterial material = KeyMaterial.of(CERTIFICATE.key(), List.of(CERTIFICATE.certificate()));
      TlsServerOptions options = TlsServerOptions.of(material);
      return TlsHandler.start(channel, TlsAcceptor.of(options).session().first())
          .established()
          .toFuture();
    }
  },

  /** {@link SslHandler} over the provider of the JDK. */
  NETTY {
    @Override
    CompletableFuture<?> client(Channel channel) {
      return add(
          channel,
          context(SslContextBuilder.forClient().trustManager(CERTIFICATE.certificate()))
              .newHandler(channel.alloc(), "localhost", 1));
    }

    @Override
    CompletableFuture<?> server(Channel channel) {
      return add(
          channel,
          context(SslContextBuilder.forServer(CERTIFICATE.key(), CERTIFICATE.certificate()))
              .newHandler(channel.alloc()));
    }
  };

  private static final BenchCertificate CERTIFICATE = BenchCertificate.generate();
  private static final String SUITE = "TLS_AES_128_GCM_SHA256";

  /** Puts TLS in front of the channel's handlers; completes after the handshake. */
  abstract CompletableFuture<?> client(Channel channel);

  /** As {@link #client}, for the other end. */
  abstract CompletableFuture<?> server(Channel channel);

  private static SslContext context(SslContextBuilder builder) {
    try {
      return builder
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3")
          .ciphers(List.of(SUITE))
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CompletableFuture<?> add(Channel channel, SslHandler handler) {
    CompletableFuture<Channel> done = new CompletableFuture<>();
    channel.pipeline().addFirst(handler);
    handler
        .handshakeFuture()
        .addListener(
            result -> {
              if (result.isSuccess()) {
                done.complete(channel);
              } else {
                done.completeExceptionally(result.cause());
              }
            });
    return done;
  }
}
