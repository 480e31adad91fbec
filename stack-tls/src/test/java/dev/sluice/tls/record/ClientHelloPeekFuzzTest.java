package dev.sluice.tls.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.tls.session.ClientHello;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/** Any octets where a hello is expected, at once and one by one. */
final class ClientHelloPeekFuzzTest {
  private static final int LIMIT = 4 * 1024;

  @FuzzTest
  void aHelloIsReadOrRefusedTheSameHoweverItIsCut(byte[] input) {
    if (input.length > LIMIT) {
      return;
    }
    ByteBuf wire = Unpooled.wrappedBuffer(input);
    ClientHelloPeek slow = new ClientHelloPeek(LIMIT);
    String expected = outcome(new ClientHelloPeek(LIMIT), wire);
    String found = "more";
    for (int octets = 0; octets <= input.length && found.equals("more"); octets++) {
      found = outcome(slow, wire.slice(0, octets));
    }
    assertThat(found).isEqualTo(expected);
    assertThat(wire.readerIndex()).isZero();
  }

  private static String outcome(ClientHelloPeek peek, ByteBuf wire) {
    try {
      return Optional.ofNullable(peek.peek(wire)).map(ClientHello::toString).orElse("more");
    } catch (BrokenRecord e) {
      return e.alert().name();
    }
  }
}
