package dev.sluice.ssh.core;

import dev.sluice.api.LimitExceeded;
import dev.sluice.ssh.message.ChannelMessage.Data;
import dev.sluice.ssh.message.ChannelMessage.ExtendedData;
import dev.sluice.ssh.message.SshMessage;
import dev.sluice.ssh.message.TransportMessage;
import dev.sluice.ssh.packet.PacketSink;
import dev.sluice.ssh.packet.PacketWriter;
import dev.sluice.ssh.wire.WireLog;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/**
 * Messages on their way out. While a key exchange runs only its own are sent; others wait in order,
 * and channels learn that there is no room (RFC 4253 section 7.1).
 */
final class Outgoing implements PacketSink {
  private static final int MOST_HELD = 1024;

  private final PacketWriter writer;
  private final WireLog log;
  private final ArrayDeque<SshMessage> held = new ArrayDeque<>();
  private boolean exchanging;
  private boolean first = true;

  Outgoing(PacketWriter writer, WireLog log) {
    this.writer = writer;
    this.log = log;
  }

  @Override
  public void send(SshMessage message) {
    if (!exchanging || isAllowed(message.number())) {
      write(message);
      return;
    }
    if (held.size() >= MOST_HELD) {
      throw new LimitExceeded(
          "key exchange: more than " + MOST_HELD + " messages wait for its end");
    }
    held.add(message);
  }

  @Override
  public boolean hasRoom() {
    return !exchanging && writer.hasRoom();
  }

  @Override
  public void sendData(int channel, int type, ByteBuf source, int length) {
    log.sentData(type == 0 ? Data.NUMBER : ExtendedData.NUMBER, length);
    writer.writeData(channel, type, source, length);
  }

  PacketWriter writer() {
    return writer;
  }

  /** Our KEXINIT has been sent. */
  void exchangeBegins() {
    exchanging = true;
  }

  /** Our NEWKEYS has been sent, and what must come right after it. */
  void exchangeEnds() {
    exchanging = false;
    first = false;
    for (SshMessage message = held.poll(); message != null; message = held.poll()) {
      write(message);
    }
  }

  /** Sends a whole payload whatever exchange there is: the messages of the exchange itself. */
  void sendNow(byte[] payload) {
    log.sent(payload[0] & 0xFF);
    writer.write(payload);
  }

  private void write(SshMessage message) {
    log.sent(message.number());
    writer.write(message);
  }

  /** The peer may turn out to be strict: in the first exchange it gets nothing else. */
  private boolean isAllowed(int number) {
    return number == TransportMessage.Disconnect.NUMBER
        || number >= 20 && number <= 49
        || !first && number <= TransportMessage.Debug.NUMBER;
  }
}
