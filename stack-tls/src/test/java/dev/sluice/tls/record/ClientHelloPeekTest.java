package dev.sluice.tls.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.test.Conforms;
import dev.sluice.tls.session.ClientHello;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientHelloPeekTest {
  private static final int LIMIT = 32 * 1024;
  private static final ByteBuf HELLO =
      Hellos.message(
          out -> {
            Hellos.grease(out, 0);
            Hellos.protocols(out, "ftp", "x");
            Hellos.grease(out, 7);
            Hellos.serverName(out, "Files.Example.ORG");
          });

  @Test
  @Conforms({"TLS-018", "TLS-019", "TLS-021", "TLS-023"})
  void nameAndProtocolsAreReadInAnyOrderAmongUnknownValuesAndNothingIsConsumed() {
    ByteBuf wire = Hellos.records(HELLO, LIMIT);
    String before = ByteBufUtil.hexDump(wire);

    ClientHello hello = new ClientHelloPeek(LIMIT).peek(wire);

    assertThat(hello.serverName()).contains("files.example.org");
    assertThat(hello.protocols()).containsExactly("ftp", "x");
    assertThat(ByteBufUtil.hexDump(wire)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 64, 16_384})
  @Conforms({"TLS-005", "TLS-019"})
  void aHelloMayBeSpreadOverRecordsAndReads(int recordOctets) {
    ByteBuf wire = Hellos.records(HELLO, recordOctets);
    ClientHelloPeek peek = new ClientHelloPeek(LIMIT);

    for (int octets = 0; octets < wire.readableBytes(); octets++) {
      assertThat(peek.peek(wire.slice(0, octets))).as("octets: %d", octets).isNull();
    }
    assertThat(peek.peek(wire).serverName()).contains("files.example.org");
  }

  @Test
  @Conforms("TLS-018")
  void theHelloOfARealEngineIsUnderstood() throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName("localhost")));
    parameters.setApplicationProtocols(new String[] {"ftp"});
    engine.setSSLParameters(parameters);
    ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), out);

    ClientHello hello = new ClientHelloPeek(LIMIT).peek(Unpooled.wrappedBuffer(out.flip()));

    assertThat(hello.serverName()).contains("localhost");
    assertThat(hello.protocols()).containsExactly("ftp");
  }

  @Test
  void aHelloWithoutExtensionsNamesNothing() {
    ByteBuf message = Hellos.message(out -> {});
    ByteBuf bare = message.slice(0, message.readableBytes() - 2).copy();
    bare.setMedium(1, bare.readableBytes() - 4);

    ClientHello hello = new ClientHelloPeek(LIMIT).peek(Hellos.records(bare, LIMIT));

    assertThat(hello.serverName()).isEmpty();
    assertThat(hello.protocols()).isEmpty();
  }

  @Test
  @Conforms("TLS-019")
  void aHelloCutShortInsideIsMalformedAndNeverMore() {
    for (int octets = 1; octets < HELLO.readableBytes() - 4; octets++) {
      ByteBuf cut = HELLO.slice(0, 4 + octets).copy().setMedium(1, octets);
      ClientHelloPeek peek = new ClientHelloPeek(LIMIT);
      boolean endsBeforeExtensions = octets == 2 + 32 + 1 + 6 + 2;
      if (!endsBeforeExtensions) {
        assertThatThrownBy(() -> peek.peek(Hellos.records(cut, LIMIT)))
            .as("octets: %d", octets)
            .isInstanceOfSatisfying(
                BrokenRecord.class, e -> assertThat(e.alert()).isEqualTo(Alert.DECODE_ERROR));
      }
    }
  }

  @Test
  @Conforms({"TLS-005", "TLS-019"})
  void aHelloOverTheLimitIsRefusedByItsHeader() {
    ByteBuf header = Unpooled.buffer().writeByte(1).writeMedium(LIMIT + 1);

    assertThatThrownBy(() -> new ClientHelloPeek(LIMIT).peek(Hellos.records(header, LIMIT)))
        .isInstanceOf(BrokenRecord.class)
        .hasMessageContaining("32769");
  }

  @Test
  void anotherMessageOrAnEmptyRecordIsNoHello() {
    ByteBuf serverHello = Unpooled.buffer().writeByte(2).writeMedium(1).writeByte(0);
    ByteBuf empty = Unpooled.buffer().writeByte(22).writeShort(0x0301).writeShort(0);

    assertThatThrownBy(() -> new ClientHelloPeek(LIMIT).peek(Hellos.records(serverHello, 100)))
        .isInstanceOf(BrokenRecord.class);
    assertThatThrownBy(() -> new ClientHelloPeek(LIMIT).peek(empty))
        .isInstanceOf(BrokenRecord.class);
  }

  @Test
  @Conforms("TLS-005")
  void anotherContentTypeInTheMiddleOfAHelloIsRefused() {
    ByteBuf wire = Hellos.records(HELLO.slice(0, 20), 20);
    wire.writeByte(23).writeShort(0x0303).writeShort(1).writeByte(0);

    assertThatThrownBy(() -> new ClientHelloPeek(LIMIT).peek(wire))
        .isInstanceOfSatisfying(
            BrokenRecord.class, e -> assertThat(e.alert()).isEqualTo(Alert.UNEXPECTED_MESSAGE));
  }
}
