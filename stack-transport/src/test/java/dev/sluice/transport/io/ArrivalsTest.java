package dev.sluice.transport.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

final class ArrivalsTest {
  private static final Arrivals.Ahead AHEAD = new Arrivals.Ahead(2, 8, 16);

  private final Queue<Runnable> loop = new ArrayDeque<>();
  private final List<Integer> taken = new ArrayList<>();
  private final TestPublisher<ByteBuf> source = TestPublisher.create();
  private final Arrivals arrivals = new Arrivals(loop::add, this::take, AHEAD, Context.empty());

  @Test
  void buffersThatArriveTogetherAreTakenTogether() {
    source.subscribe(arrivals);
    runLoop();
    arrivals.requestMore();
    source.next(octets(3), octets(4));
    assertThat(loop).hasSize(1);
    runLoop();
    assertThat(taken).containsExactly(3, 4);
  }

  @Test
  void theSmallerTheBuffersTheMoreAreAskedFor() {
    source.subscribe(arrivals);
    arrivals.requestMore();
    source.assertMinRequested(2).assertMaxRequested(2);
    source.next(octets(4), octets(4));
    runLoop();
    arrivals.requestMore();
    source.assertMinRequested(4);
  }

  @Test
  void nothingIsAskedForWhileHalfOfItIsStillToCome() {
    source.subscribe(arrivals);
    arrivals.requestMore();
    source.next(octets(8));
    runLoop();
    arrivals.requestMore();
    arrivals.requestMore();
    source.assertMaxRequested(2);
  }

  @Test
  void anEndThatWasSeenHasNothingBehindIt() {
    source.subscribe(arrivals);
    arrivals.requestMore();
    assertThat(arrivals.end()).isNull();
    source.next(octets(5)).complete();
    assertThat(arrivals.end()).isNotNull();
    runLoop();
    assertThat(taken).containsExactly(5);
  }

  @Test
  void aSourceThatComesWhenNobodyWantsItAnyMoreIsCancelled() {
    arrivals.cancel();
    source.subscribe(arrivals);
    source.assertCancelled();
  }

  private void take() {
    for (ByteBuf data = arrivals.poll(); data != null; data = arrivals.poll()) {
      taken.add(data.readableBytes());
      data.release();
    }
  }

  private void runLoop() {
    for (Runnable task = loop.poll(); task != null; task = loop.poll()) {
      task.run();
    }
  }

  private static ByteBuf octets(int count) {
    return Unpooled.wrappedBuffer(new byte[count]);
  }
}
