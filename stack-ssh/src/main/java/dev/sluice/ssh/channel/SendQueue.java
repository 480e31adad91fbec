package dev.sluice.ssh.channel;

import dev.sluice.ssh.packet.PacketSink;
import dev.sluice.transport.AnswerMemory;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/** Data that waits for the peer's window, in the order it was given. */
final class SendQueue {
  private final AnswerMemory.Share memory;
  private final ArrayDeque<Piece> waiting = new ArrayDeque<>();
  private long octets;

  private record Piece(ByteBuf data, int type) {}

  /**
   * @param memory the connection's account, which includes this data
   */
  SendQueue(AnswerMemory.Share memory) {
    this.memory = memory;
  }

  /** Takes the buffer. */
  void add(ByteBuf data, int type) {
    if (data.isReadable()) {
      count(data.readableBytes());
      waiting.add(new Piece(data, type));
    } else {
      data.release();
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether more may be added. Data for an empty queue has mostly waited elsewhere already. */
  boolean hasRoom() {
    return octets == 0 || octets < ChannelTable.WRITE_AHEAD && memory.room() > 0;
  }

  /** Whether enough has left to ask for more. */
  boolean hasRoomAgain() {
    return octets == 0 || octets < ChannelTable.WRITE_AHEAD / 2 && memory.room() > 0;
  }

  /** Sends one message of at most {@code most} octets; returns how many it took. */
  int send(PacketSink out, int peerChannel, int most) {
    Piece piece = waiting.element();
    int length = Math.min(most, piece.data.readableBytes());
    out.sendData(peerChannel, piece.type, piece.data, length);
    count(-length);
    if (!piece.data.isReadable()) {
      waiting.remove();
      piece.data.release();
    }
    return length;
  }

  void clear() {
    waiting.forEach(piece -> piece.data.release());
    waiting.clear();
    count(-octets);
  }

  private void count(long more) {
    octets += more;
    memory.add(more);
  }
}
