package dev.sluice.ssh.channel;

import dev.sluice.ssh.message.ChannelMessage;
import dev.sluice.ssh.message.ChannelRequest;
import dev.sluice.ssh.message.RequestType;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One channel of a connection (RFC 4254 section 5), for both sides: its two directions, and the
 * requests on it. Like the core that it belongs to, it is single-threaded and never waits: what
 * cannot be sent yet is queued, and {@link ChannelEvent.OutputReady} says when there is room again.
 */
public final class Channel {
  private final ChannelTable table;
  private final int id;
  private final Receiving receiving;
  private final Sending sending;
  private final Replies replies;
  private final ChannelEvent writable = new ChannelEvent.OutputReady(this);
  private int awaitedAnswers;
  private boolean started;

  final FirstAnswer firstAnswer;

  /** Whether the table has this channel in the queue of those that have something to send. */
  boolean isReady;

  Channel(ChannelTable table, int id) {
    this.table = table;
    this.id = id;
    this.firstAnswer = new FirstAnswer(table.roundTrip(), table.now());
    ChannelEvent readable = new ChannelEvent.InputReady(this);
    this.receiving =
        new Receiving(
            id,
            table.limits().maxPacket(),
            table.newWindow(),
            table.allocator(),
            () -> table.emit(readable));
    this.sending = new Sending(table.out(), new SendQueue(table.memory()));
    this.replies = new Replies(this::reply);
  }

  /** Our number for it; another channel may get it after this one has closed. */
  public int id() {
    return id;
  }

  /**
   * The next data of the main stream, owned by the caller; null = none yet, or {@link
   * #inputEnded()}.
   */
  public @Nullable ByteBuf read() {
    return consumed(receiving.read());
  }

  /** As {@link #read()} for the peer's error stream, if {@link #wantErrors()} was called. */
  public @Nullable ByteBuf readError() {
    return consumed(receiving.readError());
  }

  /** Keeps the peer's error stream; without this it is dropped. */
  public void wantErrors() {
    receiving.wantErrors();
  }

  /** Whether {@link #read()} has something. */
  public boolean hasInput() {
    return receiving.hasData();
  }

  public boolean hasErrorInput() {
    return receiving.hasErrors();
  }

  /** Whether no more data will arrive; data that has arrived may still wait. */
  public boolean inputEnded() {
    return receiving.hasEnded();
  }

  /** Queues data. Takes the buffer. */
  public void write(ByteBuf data) {
    sending.add(data, 0);
    table.ready(this);
  }

  /** Queues data of the error stream. Takes the buffer. */
  public void writeError(ByteBuf data) {
    sending.add(data, ChannelMessage.ExtendedData.STDERR);
    table.ready(this);
  }

  /** Whether there is room for more; if not, {@link ChannelEvent.OutputReady} follows. */
  public boolean isWritable() {
    return sending.isWritable();
  }

  /** Ends our direction after what is queued (EOF). */
  public void endOutput() {
    sending.end();
    table.ready(this);
  }

  /**
   * Reports how the command ended, then ends both directions, all after what is queued. Input that
   * has not been read by then is dropped.
   */
  public void finish(RequestType how) {
    sending.finish(how);
    receiving.drop();
    table.ready(this);
  }

  /** Closes at once: what is queued in either direction is dropped. */
  public void close() {
    sending.drop();
    sending.close();
    receiving.drop();
    table.ready(this);
  }

  /** Closes after what is queued; what was received can still be read. */
  public void closeAfterOutput() {
    sending.close();
    table.ready(this);
  }

  /** Sends a request. {@link ChannelEvent.Answered} follows, in the order of requests. */
  public void request(RequestType what) {
    awaitedAnswers++;
    table.send(new ChannelRequest(sending.peerId(), true, what));
  }

  /** Sends a request that has no answer. */
  public void tell(RequestType what) {
    if (!sending.isClosed()) {
      table.send(new ChannelRequest(sending.peerId(), false, what));
    }
  }

  public boolean isClosed() {
    return sending.isClosed() && receiving.isClosed();
  }

  /** The most octets that may arrive or wait. */
  public long windowSize() {
    return receiving.windowSize();
  }

  /**
   * Much data is about to arrive: the peer may send at once what the path holds, if budgets allow.
   */
  public void expectBulk() {
    if (!sending.isClosed()) {
      receiving.widen();
      table.ready(this);
    }
  }

  /** A requested start did not happen: another may be requested. */
  public void notStarted() {
    started = false;
  }

  boolean isConfirmed() {
    return sending.isConfirmed();
  }

  void opened(int peer, long window, long peerMaxPacket) {
    sending.opened(peer, window, peerMaxPacket);
    table.ready(this);
  }

  /** Takes the buffer. */
  void onData(ByteBuf data, int type) {
    if (sending.isClosed() || sending.closes() && receiving.hasEnded()) {
      data.release(); // it crossed our CLOSE
      return;
    }
    receiving.onData(data, type, table.now());
    readyIfDue();
  }

  void onWindowAdjust(long octets) {
    sending.widen(octets);
    table.ready(this);
  }

  void onEof() {
    receiving.onEof();
  }

  void onClose() {
    receiving.onClose();
    sending.closedByPeer();
    table.ready(this);
  }

  void onRequest(ChannelRequest request) {
    Replies.Slot answer = replies.next(request.wantReply());
    RequestType what = request.what();
    if (table.isServer() && what.startsSomething()) {
      if (started) {
        answer.answer(false);
      } else {
        started = true;
        table.emit(new ChannelEvent.Requested(this, what, answer));
      }
    } else if (!table.isServer() && what.tellsEnd()) {
      answer.answer(true);
      table.emit(new ChannelEvent.Exited(this, what));
    } else if (table.isServer() && what instanceof RequestType.Env) {
      table.emit(new ChannelEvent.Requested(this, what, answer));
    } else {
      answer.answer(false);
    }
  }

  void onAnswer(boolean granted) {
    if (awaitedAnswers == 0) {
      throw SshViolation.protocol("channel: an answer to no request on channel " + id);
    }
    awaitedAnswers--;
    table.emit(new ChannelEvent.Answered(this, granted));
  }

  /** Sends what is due, at most one message of data. */
  void sendDue() {
    if (!sending.isUp()) {
      return;
    }
    long grant = receiving.grant(table.now());
    if (grant > 0) {
      table.send(new ChannelMessage.WindowAdjust(sending.peerId(), grant));
    }
    if (sending.hasData()) {
      sending.sendData();
      table.roomMade();
    }
    sending.sendEnds();
    if (sending.isClosed()) {
      table.closedByUs(this);
    }
  }

  /** Whether {@link #sendDue()} would send data, or what comes after it. */
  boolean hasDue() {
    return sending.hasDue();
  }

  void tellWritable() {
    if (sending.hasRoomAgain()) {
      table.emit(writable);
    }
  }

  /** The connection is gone: gives back what the channel holds. */
  void abandon() {
    sending.abandon();
    receiving.abandon();
  }

  private void reply(boolean granted) {
    if (!sending.isClosed()) {
      int peer = sending.peerId();
      table.send(granted ? new ChannelMessage.Success(peer) : new ChannelMessage.Failure(peer));
    }
  }

  private @Nullable ByteBuf consumed(@Nullable ByteBuf data) {
    if (data != null) {
      readyIfDue();
    }
    return data;
  }

  private void readyIfDue() {
    if (receiving.isDue()) {
      table.ready(this);
    }
  }
}
