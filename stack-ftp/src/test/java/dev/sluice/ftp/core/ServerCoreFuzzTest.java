package dev.sluice.ftp.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.ftp.FtpReply;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;

/** Any octets on a control connection, in two reads; the first octet tells where they are cut. */
final class ServerCoreFuzzTest {
  private static final int MAX_OCTETS = 8 * 1024;

  @FuzzTest
  void everyLineHasOneFinalReplyAndNothingElse(byte[] input) {
    if (input.length == 0 || input.length > MAX_OCTETS) {
      return;
    }
    byte[] wire = Arrays.copyOfRange(input, 1, input.length);
    int cut = (input[0] & 0xFF) * wire.length / 255;
    ServerProbe probe = new ServerProbe();
    probe.core.greet(FtpReply.of(220, "ready"));
    probe.core.loggedIn((input[0] & 1) == 0);
    probe.replies();

    probe.receive(Unpooled.wrappedBuffer(wire, 0, cut));
    probe.receive(Unpooled.wrappedBuffer(wire, cut, wire.length - cut));

    List<Integer> codes = probe.serveAll();
    long lines = lineEnds(wire);
    if (probe.core.wantsClose()) {
      assertThat(codes).last().isEqualTo(421);
    } else if (noTelnet(wire)) {
      assertThat(codes)
          .hasSize((int) lines)
          .allSatisfy(code -> assertThat(code).isBetween(200, 599));
    }
  }

  private static long lineEnds(byte[] wire) {
    int ends = 0;
    for (byte octet : wire) {
      ends += octet == '\n' ? 1 : 0;
    }
    return ends;
  }

  private static boolean noTelnet(byte[] wire) {
    for (byte octet : wire) {
      if (octet == (byte) 0xFF) {
        return false;
      }
    }
    return true;
  }
}
