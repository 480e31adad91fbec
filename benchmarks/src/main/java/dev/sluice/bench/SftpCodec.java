package dev.sluice.bench;

import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.Dialect;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.PacketDecoder;
import dev.sluice.sftp.message.PacketFramer;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpPacket;
import dev.sluice.sftp.message.SftpResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Objects;

/** The packets that move a file, encoded, framed and decoded as on a channel, on one thread. */
final class SftpCodec implements AutoCloseable {
  private static final PooledByteBufAllocator POOL = PooledByteBufAllocator.DEFAULT;
  private static final Dialect DIALECT = Dialect.of(SftpVersion.V3);

  private final PacketFramer framer = new PacketFramer(POOL, PacketFramer.DEFAULT_MAX_PACKET);
  private final SftpHandle handle = SftpHandle.of(7);
  private final ByteBuf data;
  private int id;

  /**
   * @param octets of file data in a packet
   */
  SftpCodec(int octets) {
    data = POOL.heapBuffer(octets).writeZero(octets);
  }

  /** Returns the length that was requested. */
  long read() {
    ByteBuf packet = framed(new HandleRequest.Read(id++, handle, 1L << 40, data.readableBytes()));
    try {
      return ((HandleRequest.Read) PacketDecoder.request(packet, DIALECT)).length();
    } finally {
      packet.release();
    }
  }

  /** Returns the octets that arrived. */
  int write() {
    ByteBuf packet = framed(new HandleRequest.Write(id++, handle, 1L << 40, data));
    ByteBuf arrived = ((HandleRequest.Write) PacketDecoder.request(packet, DIALECT)).data();
    return releasing(packet, arrived);
  }

  /** Returns the octets that arrived. */
  int data() {
    ByteBuf packet = framed(new SftpResponse.Data(id++, data, false));
    ByteBuf arrived = ((SftpResponse.Data) PacketDecoder.response(packet, DIALECT)).data();
    return releasing(packet, arrived);
  }

  @Override
  public void close() {
    framer.clear();
    data.release();
  }

  /** Header and payload come as two buffers, as an SSH channel hands them over. */
  private ByteBuf framed(SftpPacket packet) {
    framer.add(packet.header(POOL, DIALECT));
    if (packet.payload().isReadable()) {
      framer.add(packet.payload().retainedSlice());
    }
    return Objects.requireNonNull(framer.next());
  }

  private static int releasing(ByteBuf packet, ByteBuf arrived) {
    int octets = arrived.readableBytes();
    arrived.release();
    packet.release();
    return octets;
  }
}
