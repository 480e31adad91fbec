package dev.sluice.sftp.message;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;

/** Any octets as a stream of packets; the first octet tells the version and the side. */
final class SftpPacketFuzzTest {
  private static final int MAX_OCTETS = 8 * 1024;
  private static final List<SftpVersion> VERSIONS = List.of(SftpVersion.values());

  @FuzzTest
  void anyOctetsArePacketsThatCanBeWrittenAgainOrATypedError(byte[] input) {
    if (input.length < 1 || input.length > MAX_OCTETS) {
      return;
    }
    Dialect dialect = Dialect.of(VERSIONS.get(input[0] & 3));
    boolean requests = (input[0] & 4) == 0;
    PacketFramer framer = new PacketFramer(ByteBufAllocator.DEFAULT, 1024);
    framer.add(Unpooled.wrappedBuffer(input, 1, input.length - 1));
    try {
      for (ByteBuf packet = framer.next(); packet != null; packet = framer.next()) {
        readAndWrite(packet, dialect, requests);
      }
    } catch (SshViolation expected) {
      // a length that no packet has: nothing can be read behind it
    } finally {
      framer.clear();
    }
  }

  private static void readAndWrite(ByteBuf octets, Dialect dialect, boolean requests) {
    try {
      SftpPacket packet =
          requests
              ? PacketDecoder.request(octets, dialect)
              : PacketDecoder.response(octets, dialect);
      packet.header(ByteBufAllocator.DEFAULT, dialect).release();
      packet.payload().release();
    } catch (SshViolation expected) {
      // the only error there may be
    } finally {
      octets.release();
    }
  }
}
