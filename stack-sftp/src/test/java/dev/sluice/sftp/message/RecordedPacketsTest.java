package dev.sluice.sftp.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpVersion;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What OpenSSH's server was seen to take and to answer. */
final class RecordedPacketsTest {
  private static final Dialect V3 = Dialect.of(SftpVersion.V3);

  static Stream<Arguments> recorded() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                RecordedPacketsTest.class.getResourceAsStream("/dev/sluice/sftp/sftp-v3-wire.txt"),
                StandardCharsets.UTF_8))) {
      List<Arguments> cases =
          in.lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split(" \\| "))
              .map(part -> Arguments.of(part[0], part[1], part[2]))
              .toList();
      return cases.stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recorded")
  @Conforms({"SFTP-001", "SFTP-014", "SFTP-044", "SFTP-054"})
  void areReadAndWrittenOctetForOctet(String name, String request, String response) {
    ByteBuf in = body(request);
    SftpPacket asked =
        in.getByte(0) == Init.TYPE ? Init.decode(in.skipBytes(1)) : PacketDecoder.request(in, V3);
    ByteBuf answer = body(response);
    SftpPacket answered =
        answer.getByte(0) == Version.TYPE
            ? Version.decode(answer.skipBytes(1))
            : PacketDecoder.response(answer, V3);

    assertThat(PacketTest.octets(asked, V3)).as(name).isEqualTo(hex(request));
    assertThat(PacketTest.octets(answered, V3)).as(name).isEqualTo(hex(response));
  }

  private static byte[] hex(String packet) {
    return HexFormat.of().parseHex(packet.substring(8));
  }

  private static ByteBuf body(String packet) {
    return Unpooled.wrappedBuffer(hex(packet));
  }
}
