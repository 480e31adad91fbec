package dev.sluice.ftp.client;

import dev.sluice.test.TckRules;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.publisher.Flux;

/** A listing that is read ahead follows the rules of Reactive Streams, all that apply. */
final class LookaheadTckTest {
  private static final int BOUND = 32;

  @TestFactory
  Stream<DynamicTest> rules() {
    return TckRules.all(Rules::new);
  }

  /** More than the bound, and one item at a time over it. */
  static final class Rules extends PublisherVerification<Long> {
    Rules() {
      super(new TestEnvironment(2_000, 50));
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
      return Lookahead.of(
          Flux.fromStream(() -> LongStream.range(0, elements).boxed()), BOUND, item -> 1);
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
      return Lookahead.of(Flux.error(new IllegalStateException("refused")), BOUND, item -> 1);
    }
  }
}
