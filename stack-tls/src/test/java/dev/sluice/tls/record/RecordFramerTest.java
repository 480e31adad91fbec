package dev.sluice.tls.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.test.Conforms;
import dev.sluice.tls.record.RecordFramer.Protection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordFramerTest {

  @ParameterizedTest
  @EnumSource(ContentType.class)
  void aHeaderIsReadAsItWasWritten(ContentType type) {
    ByteBuf wire = Unpooled.buffer();
    TlsRecordHeader header = new TlsRecordHeader(type, 258);
    header.encode(wire);

    assertThat(wire.readableBytes()).isEqualTo(TlsRecordHeader.OCTETS);
    assertThat(TlsRecordHeader.peek(wire, 0)).isEqualTo(header);
  }

  @Test
  @Conforms("TLS-004")
  void aRecordIsSeenWhenItsLastOctetIsThereAndNothingIsConsumed() {
    ByteBuf wire = record(0x16, 300);
    RecordFramer framer = new RecordFramer(true);

    for (int octets = 0; octets < wire.readableBytes(); octets++) {
      assertThat(framer.next(wire.slice(0, octets))).isNull();
    }
    assertThat(framer.next(wire)).isEqualTo(new TlsRecordHeader(ContentType.HANDSHAKE, 300));
    assertThat(wire.readerIndex()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "HANDSHAKE, 22, 16384",
    "HANDSHAKE, 23, 16640",
    "TLS_1_2, 23, 18432",
    "TLS_1_3, 23, 16640"
  })
  @Conforms({"TLS-001", "TLS-002"})
  void aLengthOverItsLimitIsRefusedByTheHeaderAlone(Protection protection, int type, int limit) {
    RecordFramer framer = begun(protection);

    assertThat(framer.next(record(type, limit))).isNotNull();
    assertThatThrownBy(() -> framer.next(record(type, limit + 1).slice(0, 5)))
        .isInstanceOfSatisfying(
            BrokenRecord.class, e -> assertThat(e.alert()).isEqualTo(Alert.RECORD_OVERFLOW));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 'G', 'U', 20, 23, 0x80, 255})
  @Conforms("TLS-003")
  void theFirstOctetTellsWhatIsNoTls(int octet) {
    ByteBuf wire = Unpooled.wrappedBuffer(new byte[] {(byte) octet});

    for (boolean client : new boolean[] {true, false}) {
      assertThatThrownBy(() -> new RecordFramer(client).next(wire))
          .isInstanceOf(BrokenRecord.class)
          .hasMessageContaining("not TLS");
    }
  }

  @Test
  @Conforms("TLS-003")
  void onlyAServerMayBeginWithAnAlert() {
    ByteBuf alert = record(0x15, 2);

    assertThat(new RecordFramer(false).next(alert)).isNotNull();
    assertThatThrownBy(() -> new RecordFramer(true).next(alert)).isInstanceOf(BrokenRecord.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 19, 24, 255})
  @Conforms("TLS-003")
  void anUnknownTypeLaterOnIsAnUnexpectedMessage(int type) {
    RecordFramer framer = begun(Protection.TLS_1_3);

    assertThatThrownBy(() -> framer.next(record(type, 1)))
        .isInstanceOfSatisfying(
            BrokenRecord.class, e -> assertThat(e.alert()).isEqualTo(Alert.UNEXPECTED_MESSAGE));
  }

  @Test
  void anotherMajorVersionIsRefused() {
    ByteBuf wire = record(0x16, 1).setByte(1, 2);

    assertThatThrownBy(() -> new RecordFramer(true).next(wire))
        .isInstanceOfSatisfying(
            BrokenRecord.class, e -> assertThat(e.alert()).isEqualTo(Alert.PROTOCOL_VERSION));
  }

  @Test
  @Conforms("TLS-044")
  void aHandshakeBehindThatOfTls12IsARenegotiation() {
    assertThatThrownBy(() -> begun(Protection.TLS_1_2).next(record(0x16, 40)))
        .isInstanceOf(BrokenRecord.class)
        .hasMessageContaining("renegotiation");
    assertThat(begun(Protection.TLS_1_3).next(record(0x16, 40))).isNotNull();
  }

  private static RecordFramer begun(Protection protection) {
    RecordFramer framer = new RecordFramer(true);
    framer.next(record(0x16, 1));
    if (protection != Protection.HANDSHAKE) {
      framer.established(protection);
    }
    return framer;
  }

  private static ByteBuf record(int type, int length) {
    return Unpooled.buffer()
        .writeByte(type)
        .writeShort(0x0303)
        .writeShort(length)
        .writeZero(length);
  }
}
