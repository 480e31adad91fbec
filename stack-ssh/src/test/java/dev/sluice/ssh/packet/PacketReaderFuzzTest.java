package dev.sluice.ssh.packet;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/** Any octets where packets are due, in two reads. */
final class PacketReaderFuzzTest {
  private static final int MAX_OCTETS = 8 * 1024;

  @FuzzTest
  void anyOctetsArePacketsOrATypedError(byte[] input) {
    if (input.length == 0 || input.length > MAX_OCTETS) {
      return;
    }
    int cut = (input[0] & 0xFF) * input.length / 256;
    PacketReader reader = new PacketReader(ByteBufAllocator.DEFAULT, 35_000);
    try {
      read(reader, Unpooled.wrappedBuffer(input, 0, cut));
      read(reader, Unpooled.wrappedBuffer(input, cut, input.length - cut));
    } catch (SshViolation expected) {
      // the only error there may be
    } finally {
      reader.close();
    }
  }

  private static void read(PacketReader reader, ByteBuf octets) {
    reader.receive(octets);
    for (ByteBuf payload = reader.next(); payload != null; payload = reader.next()) {
      payload.release();
    }
    reader.keep();
  }
}
