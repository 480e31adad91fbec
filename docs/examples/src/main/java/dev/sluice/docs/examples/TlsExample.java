package dev.sluice.docs.examples;

import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.TlsAcceptor;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsConnector;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.io.TlsHandler;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/** Any connection of Reactor Netty can become TLS, at its beginning or later: here an echo. */
public final class TlsExample {
  private TlsExample() {}

  /** Sends back what it hears. */
  public static Mono<? extends DisposableServer> echo(KeyMaterial certificate) {
    TlsAcceptor acceptor = TlsAcceptor.of(TlsServerOptions.of(certificate));
    return TcpServer.create()
        .host("127.0.0.1")
        .port(0)
        .doOnConnection(
            connection -> TlsHandler.start(connection.channel(), acceptor.session().first()))
        .handle((in, out) -> out.send(in.receive().retain()))
        .bind();
  }

  /** What an echo says first. */
  public static Mono<String> ask(int port, PeerVerification trusted, String question) {
    TlsConnector connector = TlsConnector.of(TlsClientOptions.DEFAULT.withVerification(trusted));
    return Mono.usingWhen(
        TcpClient.create()
            .host("localhost")
            .port(port)
            .doOnChannelInit(
                (observer, channel, address) ->
                    TlsHandler.start(channel, connector.session("localhost", port).first()))
            .connect(),
        connection ->
            connection
                .outbound()
                .sendString(Mono.just(question))
                .then()
                .thenMany(connection.inbound().receive().asString())
                .next(),
        TlsExample::close);
  }

  private static Mono<Void> close(Connection connection) {
    connection.dispose();
    return connection.onDispose();
  }
}
