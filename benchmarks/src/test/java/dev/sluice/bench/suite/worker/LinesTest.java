package dev.sluice.bench.suite.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.bench.suite.worker.Order.Verb;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LinesTest {
  private static final Endpoint SERVER =
      new Endpoint(Protocol.FTPS, "127.0.0.1", 2121, "ann", "a b", "/keys/authority", "");

  @ParameterizedTest
  @EnumSource(Verb.class)
  void aWorkerReadsTheOrderThatWasGiven(Verb verb) {
    Order order = new Order(verb, 3, "/many", "/a directory/many", SERVER);

    assertThat(Order.decode(order.encode())).isEqualTo(order);
  }

  @Test
  void aServerIsReachedAsItSays() {
    Welcome welcome = new Welcome(2200, Path.of("/files"), SERVER);

    assertThat(Welcome.decode(welcome.encode())).isEqualTo(welcome);
  }

  @Test
  void aFailureIsNotTakenForAFigure() {
    String line = Answer.failure(new IllegalStateException("no\nroom"));

    assertThatThrownBy(() -> Answer.decode(line)).hasMessage("IllegalStateException: no room");
    assertThatThrownBy(() -> Answer.decode("Exception in thread main")).isNotNull();
  }

  @Test
  void noPasswordIsShown() {
    assertThat(SERVER.toString()).doesNotContain("a b");
  }
}
