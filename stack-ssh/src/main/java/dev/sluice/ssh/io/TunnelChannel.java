package dev.sluice.ssh.io;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Operators;

/**
 * A connection whose octets travel on a channel of another SSH connection: to the layers above, it
 * is a socket like any other. It lives on the event loop of the connection beneath, and demand
 * passes through it in both directions.
 */
final class TunnelChannel extends AbstractChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false);

  private final ChannelLink beneath;
  private final InetSocketAddress target;
  private final ChannelConfig config = new DefaultChannelConfig(this);
  private final Inbound inbound = new Inbound();
  private final Outbound outbound = new Outbound();
  private boolean open = true;

  /**
   * @param target what the peer beneath is connected to
   */
  TunnelChannel(ChannelLink beneath, InetSocketAddress target, WriteBufferWaterMark writeAhead) {
    super(null);
    this.beneath = beneath;
    this.target = target;
    config.setAutoRead(false);
    config.setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, writeAhead);
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isActive() {
    return open;
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return true;
  }

  @Override
  protected @Nullable SocketAddress localAddress0() {
    return null;
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return target;
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new Connected();
  }

  @Override
  protected void doRegister(ChannelPromise promise) {
    promise.setSuccess();
    // What breaks it ends the input too, and hookOnError reports that.
    beneath.send(outbound).onErrorComplete().then(beneath.closeAfterOutput()).subscribe();
  }

  @Override
  protected void doBind(SocketAddress address) {
    throw new UnsupportedOperationException("a tunnel is bound by the peer beneath it");
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  /** What was written is still sent; what still arrives is dropped. */
  @Override
  protected void doClose() {
    if (open) {
      open = false;
      outbound.complete();
      inbound.want(Long.MAX_VALUE);
    }
  }

  @Override
  protected void doBeginRead() {
    inbound.want(1);
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer in) {
    outbound.take(in);
  }

  @Override
  protected Object filterOutboundMessage(Object message) {
    if (message instanceof ByteBuf) {
      return message;
    }
    throw new UnsupportedOperationException("a tunnel carries octets, no " + message.getClass());
  }

  /** A tunnel is connected from the start. */
  private final class Connected extends AbstractUnsafe {
    @Override
    public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
      safeSetFailure(promise, new AlreadyConnectedException());
    }
  }

  /** What the channel beneath receives: one buffer for each read, none before the first. */
  private final class Inbound extends BaseSubscriber<ByteBuf> {
    private long wanted;
    private boolean begun;
    private boolean subscribed;

    void want(long more) {
      if (!begun) {
        begun = true;
        beneath.input().subscribe(this);
      }
      if (subscribed) {
        request(more);
      } else {
        wanted = Operators.addCap(wanted, more);
      }
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      subscribed = true;
      if (wanted > 0) {
        request(wanted);
      }
    }

    @Override
    protected void hookOnNext(ByteBuf data) {
      if (!open) {
        data.release();
        return;
      }
      pipeline().fireChannelRead(data);
      pipeline().fireChannelReadComplete();
    }

    @Override
    protected void hookOnComplete() {
      unsafe().close(voidPromise());
    }

    @Override
    protected void hookOnError(Throwable cause) {
      pipeline().fireExceptionCaught(cause);
      unsafe().close(voidPromise());
    }
  }

  /** What the channel beneath sends: as many buffers as it asks for. */
  private final class Outbound implements Publisher<ByteBuf>, Subscription {
    private @Nullable Subscriber<? super ByteBuf> subscriber;
    private long demand;
    private boolean completed;

    @Override
    public void subscribe(Subscriber<? super ByteBuf> actual) {
      subscriber = actual;
      actual.onSubscribe(this);
      if (completed) {
        actual.onComplete();
      }
    }

    @Override
    public void request(long n) {
      if (Operators.validate(n) && !completed) {
        demand = Operators.addCap(demand, n);
        unsafe().flush();
      }
    }

    @Override
    public void cancel() {
      subscriber = null;
      completed = true;
    }

    void take(ChannelOutboundBuffer in) {
      while (demand > 0 && subscriber != null && in.current() instanceof ByteBuf data) {
        demand--;
        data.retain();
        in.remove();
        subscriber.onNext(data);
      }
    }

    void complete() {
      Subscriber<? super ByteBuf> actual = subscriber;
      if (!completed) {
        completed = true;
        if (actual != null) {
          actual.onComplete();
        }
      }
    }
  }
}
