package dev.sluice.ftp.io;

import dev.sluice.ftp.core.FtpServerCore;
import dev.sluice.ftp.core.FtpServerEvent;
import dev.sluice.tls.core.TlsCore;
import dev.sluice.tls.io.TlsHandler;
import dev.sluice.tls.session.TlsSession;
import dev.sluice.transport.ClientAddress;
import dev.sluice.transport.Transport;
import dev.sluice.transport.io.CoreHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ChannelBindException;
import reactor.netty.Connection;

/** The server's end of a client's control connection: all access to its core goes through here. */
public final class ServerControl {
  private final Connection connection;
  private final CoreHandler<FtpServerCore, FtpServerEvent> handler;
  private final Scheduler scheduler;
  private @Nullable TlsHandler encryption;

  private ServerControl(
      Connection connection,
      FtpServerCore core,
      Function<ServerControl, CoreHandler.Listener<FtpServerEvent>> sessions) {
    this.connection = connection;
    this.scheduler = Schedulers.fromExecutorService(connection.channel().eventLoop());
    this.handler = new CoreHandler<>(core, sessions.apply(this));
  }

  /**
   * Accepts control connections.
   *
   * @param transport the sockets
   * @param host address to listen on; empty = every address
   * @param cores makes the core of each connection
   * @param sessions makes the listener for its events; called on the connection's event loop
   */
  public static Mono<ControlPort> listen(
      Transport transport,
      String host,
      int port,
      Supplier<FtpServerCore> cores,
      Function<ServerControl, CoreHandler.Listener<FtpServerEvent>> sessions) {
    return ServerSockets.control(transport, host, port)
        .doOnConnection(
            connection -> {
              ServerControl control = new ServerControl(connection, cores.get(), sessions);
              connection.addHandlerLast("sluice.control", control.handler);
            })
        .bind()
        .onErrorMap(
            ChannelBindException.class, failure -> new IOException(failure.getMessage(), failure))
        .map(ControlPort::new);
  }

  /** Encrypts the connection, after the replies sent so far. Call on the event loop. */
  public Mono<TlsSession> startTls(TlsCore tls) {
    TlsHandler started = TlsHandler.start(connection.channel(), tls);
    encryption = started;
    return started.established();
  }

  /**
   * Ends encryption. Completes when the client has ended it, too; otherwise the connection closes.
   */
  public Mono<Void> clearTls(Duration timeout) {
    TlsHandler encrypted = encryption;
    return encrypted == null
        ? Mono.empty()
        : encrypted
            .clear()
            .timeout(timeout, scheduler)
            .doOnError(failure -> abandon())
            .doOnSuccess(done -> encryption = null);
  }

  /** Hands the core a command. Any thread. */
  public void submit(Consumer<? super FtpServerCore> command) {
    handler.submit(command);
  }

  /** The connection's event loop. */
  public Scheduler scheduler() {
    return scheduler;
  }

  public InetSocketAddress remote() {
    return ClientAddress.of(connection.channel());
  }

  public InetSocketAddress local() {
    return (InetSocketAddress) connection.channel().localAddress();
  }

  /** Closes without a reply. */
  public void abandon() {
    connection.dispose();
  }

  /** Completes when the connection is gone. */
  public Mono<Void> onClosed() {
    return connection.onDispose();
  }
}
