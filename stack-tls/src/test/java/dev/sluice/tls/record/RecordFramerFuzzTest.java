package dev.sluice.tls.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.tls.record.RecordFramer.Protection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Any octets as a stream of records; the first one tells whose and how far it is. */
final class RecordFramerFuzzTest {

  @FuzzTest
  void whatIsARecordIsThereAsAWhole(byte[] input) {
    if (input.length == 0) {
      return;
    }
    RecordFramer framer = new RecordFramer((input[0] & 1) == 0);
    framer.established(
        (input[0] & 2) == 0
            ? Protection.HANDSHAKE
            : (input[0] & 4) == 0 ? Protection.TLS_1_2 : Protection.TLS_1_3);
    ByteBuf rest = Unpooled.wrappedBuffer(input, 1, input.length - 1);
    try {
      for (TlsRecordHeader header = framer.next(rest); header != null; header = framer.next(rest)) {
        int octets = TlsRecordHeader.OCTETS + header.length();
        assertThat(octets).isLessThanOrEqualTo(rest.readableBytes());
        assertThat(header.length()).isLessThanOrEqualTo(TlsRecordHeader.MAX_PLAINTEXT + 2048);
        rest.skipBytes(octets);
      }
    } catch (BrokenRecord e) {
      assertThat(e.alert()).isNotNull();
    }
  }
}
