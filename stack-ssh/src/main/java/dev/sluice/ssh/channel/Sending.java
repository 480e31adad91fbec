package dev.sluice.ssh.channel;

import dev.sluice.ssh.message.ChannelMessage;
import dev.sluice.ssh.message.ChannelRequest;
import dev.sluice.ssh.message.RequestType;
import dev.sluice.ssh.packet.PacketSink;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Our direction of a channel: data as the peer's window permits, and then its end. */
final class Sending {
  private static final int MAX_OWN_PACKET = 32 * 1024;

  private final PacketSink out;
  private final SendQueue queue;
  private SendState state = SendState.OPEN;
  private @Nullable Peer peer;
  private @Nullable RequestType exit;
  private boolean roomAwaited;

  /** The other end, once both know the channel. */
  private record Peer(int id, SendWindow window, int maxPacket) {}

  Sending(PacketSink out, SendQueue queue) {
    this.out = out;
    this.queue = queue;
  }

  /** Both ends know the channel: what is queued may go out. */
  void opened(int peerId, long window, long peerMaxPacket) {
    int maxPacket = (int) Math.min(peerMaxPacket, MAX_OWN_PACKET);
    peer = new Peer(peerId, new SendWindow(window), maxPacket);
    if (maxPacket <= 0) {
      throw SshViolation.protocol("channel: the peer takes packets of 0 octets");
    }
  }

  boolean isConfirmed() {
    return peer != null;
  }

  int peerId() {
    return peer().id;
  }

  void widen(long octets) {
    peer().window.add(octets);
  }

  /** Takes the buffer; drops it when our direction ends. */
  void add(ByteBuf data, int type) {
    if (state == SendState.OPEN) {
      queue.add(data, type);
    } else {
      data.release();
    }
  }

  /** Whether there is room for more; if not, {@link #hasRoomAgain} returns true later, one time. */
  boolean isWritable() {
    boolean room = queue.hasRoom();
    roomAwaited |= !room;
    return room || state.closes();
  }

  boolean hasRoomAgain() {
    if (!roomAwaited || !queue.hasRoomAgain()) {
      return false;
    }
    roomAwaited = false;
    return true;
  }

  void end() {
    state = state.end();
  }

  void close() {
    state = state.close();
  }

  /** Reports how the command ended, then ends and closes. */
  void finish(RequestType how) {
    exit = how;
    state = state.end().close();
  }

  void drop() {
    queue.clear();
  }

  void closedByPeer() {
    queue.clear();
    exit = null;
    state = state.closedByPeer();
  }

  void abandon() {
    queue.clear();
    state = SendState.CLOSED;
  }

  boolean closes() {
    return state.closes();
  }

  boolean isClosed() {
    return state == SendState.CLOSED;
  }

  /** Whether anything can go out at all. */
  boolean isUp() {
    return peer != null && state != SendState.CLOSED;
  }

  boolean hasData() {
    return !queue.isEmpty();
  }

  /** Whether data can go out now, or what comes after it. */
  boolean hasDue() {
    if (!isUp()) {
      return false;
    }
    return queue.isEmpty() ? state.owesEnd() || state.owesClose() : peer().window.isOpen();
  }

  /** Sends one message of data, if the window is open. */
  void sendData() {
    Peer to = peer();
    int most = to.window.most(to.maxPacket);
    if (most > 0) {
      to.window.take(queue.send(out, to.id, most));
    }
  }

  /** Sends what comes after the data, when all of it has been sent. */
  void sendEnds() {
    if (!queue.isEmpty()) {
      return;
    }
    SendState due = state;
    state = due.sent();
    if (exit != null) {
      out.send(new ChannelRequest(peerId(), false, exit));
      exit = null;
    }
    if (due.owesEnd()) {
      out.send(new ChannelMessage.Eof(peerId()));
    }
    if (due.owesClose()) {
      out.send(new ChannelMessage.Close(peerId()));
    }
  }

  private Peer peer() {
    if (peer == null) {
      throw new IllegalStateException("the peer does not know this channel yet");
    }
    return peer;
  }
}
