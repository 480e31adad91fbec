package dev.sluice.bench;

import dev.sluice.ssh.algorithm.CipherAlgorithm;
import dev.sluice.ssh.algorithm.Ciphers;
import dev.sluice.ssh.algorithm.DirectionKeys;
import dev.sluice.ssh.algorithm.MacAlgorithm;
import dev.sluice.ssh.algorithm.Macs;
import dev.sluice.ssh.packet.PacketReader;
import dev.sluice.ssh.packet.PacketWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.security.SecureRandom;
import java.util.List;

/** The packets of one SSH direction in memory: what is written is sealed, read and opened. */
final class SshPacketPipe implements AutoCloseable {
  private static final int LARGEST_PACKET = 256 * 1024;

  private final PacketWriter writer;
  private final PacketReader reader;

  /**
   * @param algorithms a cipher, followed by a blank and a MAC if it needs one
   */
  SshPacketPipe(String algorithms) {
    PooledByteBufAllocator pool = PooledByteBufAllocator.DEFAULT;
    writer = new PacketWriter(pool, new SecureRandom());
    reader = new PacketReader(pool, LARGEST_PACKET);
    List<String> names = List.of(algorithms.split(" ", 2));
    CipherAlgorithm cipher = cipher(names.get(0));
    MacAlgorithm mac = names.size() == 1 ? Macs.NONE : mac(names.get(1));
    writer.use(cipher.sealer(mac, keys(cipher, mac)), true);
    reader.use(cipher.opener(mac, keys(cipher, mac)), true);
  }

  /**
   * Sends {@code packets} messages of the data, which is borrowed; returns the octets that arrived.
   */
  int send(ByteBuf data, int packets) {
    for (int i = 0; i < packets; i++) {
      writer.writeData(0, 0, data.duplicate(), data.readableBytes());
    }
    int arrived = 0;
    for (ByteBuf batch = writer.take(); batch != null; batch = writer.take()) {
      reader.receive(batch);
      for (ByteBuf payload = reader.next(); payload != null; payload = reader.next()) {
        arrived += payload.readableBytes();
        payload.release();
      }
      reader.keep();
      batch.release();
    }
    return arrived;
  }

  @Override
  public void close() {
    writer.close();
    reader.close();
  }

  private static CipherAlgorithm cipher(String name) {
    return Ciphers.DEFAULT.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  private static MacAlgorithm mac(String name) {
    return Macs.DEFAULT.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  private static DirectionKeys keys(CipherAlgorithm cipher, MacAlgorithm mac) {
    byte[] key = new byte[cipher.keyLength()];
    key[key.length - 1] = 1;
    return new DirectionKeys(new byte[cipher.ivLength()], key, new byte[mac.keyLength()]);
  }
}
