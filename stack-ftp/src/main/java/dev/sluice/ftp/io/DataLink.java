package dev.sluice.ftp.io;

import dev.sluice.api.SessionClosed;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.tls.core.TlsCore;
import dev.sluice.tls.io.TlsHandler;
import dev.sluice.tls.session.TlsSession;
import dev.sluice.transport.AnswerMemory;
import dev.sluice.transport.io.StreamHandler;
import dev.sluice.transport.io.TransferWatch;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A data connection: two streams of octets with demand from end to end (RFC 959 section 3.2).
 *
 * <p>The orderly end of the peer (FIN) completes {@link #receive()}; a reset is an error, never the
 * end of a file.
 */
public final class DataLink implements TransferWatch.Meter {
  private static final int READ_OCTETS = 64 * 1024;
  private static final int MAX_READ_OCTETS = 256 * 1024;

  private final StreamHandler stream;
  private volatile boolean secured;

  private DataLink(StreamHandler stream) {
    this.stream = stream;
  }

  /** Connects to a listening peer; the connection lives on {@code loop}. */
  public static Mono<DataLink> connect(Dialer dialer, InetSocketAddress target, EventLoop loop) {
    return dialer.dialData(target, loop).map(DataLink::over);
  }

  /** Takes over a channel; call on its event loop before any read. */
  static DataLink over(Channel channel) {
    channel
        .config()
        .setRecvByteBufAllocator(
            new AdaptiveRecvByteBufAllocator(4096, READ_OCTETS, MAX_READ_OCTETS));
    StreamHandler stream = new StreamHandler();
    channel.pipeline().addLast(stream);
    return new DataLink(stream);
  }

  /** Over a stream that is in its channel's pipeline. */
  static DataLink of(StreamHandler stream) {
    return new DataLink(stream);
  }

  /**
   * Encrypts the connection before anything is sent or received; emits the negotiated TLS session.
   * When that fails, the connection is closed.
   *
   * @param tls makes the core only when TLS starts: a caller who cancels before that has no core to
   *     release
   */
  public Mono<TlsSession> secure(Supplier<TlsCore> tls) {
    return Mono.defer(
            () -> {
              secured = true;
              if (!stream.channel().isActive()) {
                return Mono.error(new SessionClosed("the data connection was closed"));
              }
              // A ticket that cannot be written must not discard input that waits to be read.
              stream.channel().config().setAutoClose(false);
              return TlsHandler.start(stream.channel(), tls.get()).established();
            })
        .subscribeOn(Schedulers.fromExecutorService(stream.channel().eventLoop()));
  }

  /** Whether the connection is encrypted, or about to be. */
  public boolean isSecured() {
    return secured;
  }

  /** Reads and drops what the peer still sends; completes at its end, however that comes. */
  public Mono<Void> drain() {
    return receive().doOnNext(ReferenceCountUtil::safeRelease).then().onErrorComplete();
  }

  /**
   * Ends our direction, then reads and drops what the peer still sends for {@code patience} at
   * most, then closes with a reset. A peer that is still sending can thus read the reason on its
   * control connection, which an immediate reset would prevent. Never fails.
   */
  public Mono<Void> turnAway(Duration patience, Scheduler timer) {
    return endOutput().then(stream.drop()).timeout(patience, timer).onErrorComplete().then(reset());
  }

  /** What the peer sends. One subscriber; each buffer belongs to it. */
  public Flux<ByteBuf> receive() {
    return stream.inbound();
  }

  /** Sends; completes when the socket has taken all octets. Takes the buffers. */
  public Mono<Void> send(Publisher<? extends ByteBuf> content) {
    return stream.send(content);
  }

  /** As above; octets that the socket has not taken count in {@code memory}, which bounds them. */
  public Mono<Void> send(Publisher<? extends ByteBuf> content, AnswerMemory.Share memory) {
    return stream.send(content, memory);
  }

  /** Sends a part of a file without copying it; the file must have something to lend. */
  public Mono<Void> sendFile(FileHandle file, long position, long length) {
    return stream.sendFile(file, position, length);
  }

  /** Ends the outgoing direction in order (FIN). */
  public Mono<Void> endOutput() {
    return stream.endOutput();
  }

  /** Closes in order. Never fails. */
  public Mono<Void> close() {
    return stream.close();
  }

  /**
   * Closes in order when {@code peerEnd} has signalled, or after {@code patience}, and returns at
   * once. All octets are out, so errors of the peer change nothing; they only end the wait.
   */
  public void closeAfter(Mono<Void> peerEnd, Duration patience, Scheduler timer) {
    peerEnd.timeout(patience, timer).onErrorComplete().then(close()).subscribe();
  }

  /**
   * Closes with a reset, so that the peer does not take the octets sent for a complete file. Never
   * fails.
   */
  public Mono<Void> reset() {
    return stream.reset();
  }

  /** Resets the connection, and ends both streams with {@code cause}. Any thread. */
  public void fail(Throwable cause) {
    stream.fail(cause);
  }

  /** Octets moved so far. Any thread. */
  @Override
  public long octetsMoved() {
    return stream.octetsMoved();
  }

  @Override
  public long firstMovedNanos() {
    return stream.firstMovedNanos();
  }

  /** Whether it is the peer's turn: octets are asked for and do not come, or are not taken. */
  boolean waitsForPeer() {
    return stream.waitsForPeer();
  }

  /** The address of the peer. */
  public InetSocketAddress peer() {
    return (InetSocketAddress) stream.channel().remoteAddress();
  }
}
