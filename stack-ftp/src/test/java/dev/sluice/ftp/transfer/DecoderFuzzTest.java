package dev.sluice.ftp.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.ftp.InflateLimit;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.TransferMode;
import dev.sluice.ftp.TransferType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Any octets on a data connection, in every TYPE and MODE; the second octet tells a cut. */
final class DecoderFuzzTest {
  private static final List<TransferType> TYPES = List.of(TransferType.values());
  private static final List<TransferMode> MODES = List.of(TransferMode.values());
  private static final InflateLimit LIMIT = new InflateLimit(8 * 1024 * 1024, 1100);

  @FuzzTest
  void theFileIsTheSameHoweverItIsCutOrFailsEachTime(byte[] input) {
    if (input.length < 2) {
      return;
    }
    TransferFormat format =
        new TransferFormat(
            TYPES.get((input[0] & 0x0F) % TYPES.size()),
            MODES.get((input[0] >> 4 & 0x0F) % MODES.size()),
            -1);
    byte[] wire = Arrays.copyOfRange(input, 2, input.length);
    int cut = (input[1] & 0xFF) * wire.length / 255;
    byte[] head = Arrays.copyOf(wire, cut);
    byte[] tail = Arrays.copyOfRange(wire, cut, wire.length);

    byte[] whole = decode(() -> Coding.decoder(format, LIMIT), List.of(wire));
    byte[] parts = decode(() -> Coding.decoder(format, LIMIT), List.of(head, tail));

    assertThat(parts).isEqualTo(whole);
    byte[] sent = Octets.through(() -> Coding.encoder(format), wire);
    if (format.type() == TransferType.IMAGE) {
      assertThat(Octets.through(() -> Coding.decoder(format), sent)).isEqualTo(wire);
    }
  }

  private static byte @Nullable [] decode(Supplier<OctetTransform> decoder, List<byte[]> pieces) {
    try {
      return Octets.through(decoder, pieces);
    } catch (PeerMisbehaved | LimitExceeded expected) {
      return null;
    }
  }
}
