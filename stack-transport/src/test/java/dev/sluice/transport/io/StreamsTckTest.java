package dev.sluice.transport.io;

import dev.sluice.test.TckRules;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.SubscriberBlackboxVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** The streams below every protocol follow the rules of Reactive Streams that are required. */
final class StreamsTckTest {
  private static final long PATIENCE_MILLIS = 5_000;
  private static final long SILENCE_MILLIS = 50;
  private static final EventLoop LOOP = new DefaultEventLoop();
  private static final ExecutorService CALLERS = Executors.newCachedThreadPool();

  @AfterAll
  static void stop() {
    LOOP.shutdownGracefully();
    CALLERS.shutdown();
  }

  @TestFactory
  Stream<DynamicTest> whatASocketReceives() {
    return TckRules.required(Inbound::new);
  }

  @TestFactory
  Stream<DynamicTest> whatASocketSends() {
    return TckRules.required(Outbound::new);
  }

  @TestFactory
  Stream<DynamicTest> whatALoopTakes() {
    return TckRules.required(Taken::new);
  }

  private static TestEnvironment environment() {
    return new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS);
  }

  private static ByteBuf octet() {
    return Unpooled.wrappedBuffer(new byte[1]);
  }

  /** A channel that has one octet for each read that it is asked for. */
  static final class Inbound extends PublisherVerification<ByteBuf> {
    Inbound() {
      super(environment());
    }

    @Override
    public Publisher<ByteBuf> createPublisher(long elements) {
      return new Source(elements).stream;
    }

    @Override
    public Publisher<ByteBuf> createFailedPublisher() {
      Source source = new Source(0);
      LOOP.execute(() -> source.stream.abort(new IllegalStateException("refused")));
      return source.stream;
    }
  }

  private static final class Source {
    final InboundStream stream = new InboundStream(LOOP, this::read);
    private long left;

    Source(long elements) {
      left = elements;
      if (elements == 0) {
        LOOP.execute(() -> stream.end(null));
      }
    }

    /** As a channel does: later, on its loop. */
    private void read() {
      LOOP.execute(
          () -> {
            if (left > 0 && stream.wantsRead()) {
              stream.accept(octet());
              if (--left == 0) {
                stream.end(null);
              }
            }
          });
    }
  }

  static final class Outbound extends SubscriberBlackboxVerification<ByteBuf> {
    Outbound() {
      super(environment());
    }

    @Override
    public Subscriber<ByteBuf> createSubscriber() {
      OutboundStream[] stream = {null};
      Mono.<Void>create(
              sink -> stream[0] = new OutboundStream(new EmbeddedChannel(), sink, n -> {}, null))
          .subscribe(null, failure -> {});
      return stream[0];
    }

    @Override
    public ByteBuf createElement(int element) {
      return octet();
    }
  }

  /** A loop that takes all that has come and asks for more. */
  static final class Taken extends SubscriberBlackboxVerification<ByteBuf> {
    Taken() {
      super(environment());
    }

    @Override
    public Subscriber<ByteBuf> createSubscriber() {
      return new Taker().arrivals;
    }

    @Override
    public ByteBuf createElement(int element) {
      return octet();
    }
  }

  private static final class Taker {
    final Arrivals arrivals =
        new Arrivals(LOOP, this::take, new Arrivals.Ahead(2, 8, 16), Context.empty());

    private void take() {
      for (ByteBuf data = arrivals.poll(); data != null; data = arrivals.poll()) {
        data.release();
      }
      arrivals.requestMore();
    }
  }
}
