package dev.sluice.ssh.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.test.Conforms;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What a forwarded channel says when it is opened. */
final class DirectTcpipTest {
  private static final DirectTcpip MESSAGE = new DirectTcpip("a.b", 22, "127.0.0.1", -1);
  private static final byte[] OCTETS = Encoded.bytes(MESSAGE::encode);

  @Test
  @Conforms("SSH-202")
  void itIsWrittenAsRfc4254Says() {
    assertThat(HexFormat.of().formatHex(OCTETS))
        .isEqualTo("00000003612e6200000016" + "000000093132372e302e302e31ffffffff");
  }

  @Test
  @Conforms("SSH-202")
  void whatIsWrittenIsReadAgain() {
    assertThat(DirectTcpip.decode(Unpooled.wrappedBuffer(OCTETS))).isEqualTo(MESSAGE);
  }

  @Test
  @Conforms({"SSH-014", "SSH-016"})
  void oneThatIsCutOrTooLongIsRefused() {
    for (int length = 0; length <= OCTETS.length + 1; length++) {
      byte[] wrong = Arrays.copyOf(OCTETS, length);
      if (length != OCTETS.length) {
        assertThatThrownBy(() -> DirectTcpip.decode(Unpooled.wrappedBuffer(wrong)))
            .isInstanceOf(SshViolation.class);
      }
    }
  }
}
