package dev.sluice.ssh.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.Function;

/** Any octets as any message; the first octet tells which. */
final class SshMessageFuzzTest {
  private static final int MAX_OCTETS = 4 * 1024;
  private static final List<Function<ByteBuf, SshMessage>> DECODERS =
      List.copyOf(Samples.ALL.values());

  @FuzzTest
  void anyOctetsAreAMessageThatCanBeWrittenAgainOrATypedError(byte[] input) {
    if (input.length < 1 || input.length > MAX_OCTETS) {
      return;
    }
    Function<ByteBuf, SshMessage> decoder = DECODERS.get((input[0] & 0xFF) % DECODERS.size());
    try {
      SshMessage message = decoder.apply(Unpooled.wrappedBuffer(input, 1, input.length - 1));
      byte[] payload = Encoded.bytes(message::encode);
      assertThat(payload[0] & 0xFF).isEqualTo(message.number());
    } catch (SshViolation expected) {
      // the only error there may be
    }
  }
}
