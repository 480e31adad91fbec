package dev.sluice.ssh.channel;

import dev.sluice.ssh.message.ChannelMessage;
import dev.sluice.ssh.message.ChannelRequest;
import dev.sluice.ssh.message.RequestType;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One channel of a connection (RFC 4254 section 5), for both sides. Like the core that it belongs
 * to it is single-threaded and never waits: what cannot be sent yet is queued, and {@link
 * ChannelEvent.OutputReady} says when there is room again.
 */
public final class Channel {
  private static final int MAX_OWN_PACKET = 32 * 1024;

  private final ChannelTable table;
  private final int id;
  private final ReceiveWindow receiveWindow;
  private final ReceiveQueue input;
  private final ReceiveQueue errorInput;
  private final SendQueue output;
  private final Replies replies;
  private final ChannelEvent readable = new ChannelEvent.InputReady(this);
  private final ChannelEvent writable = new ChannelEvent.OutputReady(this);
  private SendWindow sendWindow = new SendWindow(0);
  private int peerId;
  private int maxPacket;
  private int awaitedAnswers;
  private @Nullable RequestType exit;
  private boolean errorsWanted;
  private boolean readableTold;
  private boolean writableWanted;
  private boolean inputEnded;
  private boolean endWanted;
  private boolean endSent;
  private boolean closeWanted;
  private boolean closeSent;
  private boolean closeReceived;
  private boolean confirmed;
  private boolean started;

  final FirstAnswer firstAnswer;

  /** Whether the table has this channel in the queue of those that have something to send. */
  boolean isReady;

  Channel(ChannelTable table, int id) {
    this.table = table;
    this.id = id;
    this.firstAnswer = new FirstAnswer(table.roundTrip(), table.now());
    this.receiveWindow = table.newWindow();
    this.output = new SendQueue(table.memory());
    this.input = new ReceiveQueue(table.allocator());
    this.errorInput = new ReceiveQueue(table.allocator());
    this.replies =
        new Replies(
            granted -> {
              if (!closeSent) {
                table.send(
                    granted
                        ? new ChannelMessage.Success(peerId)
                        : new ChannelMessage.Failure(peerId));
              }
            });
  }

  /** Our number for it; free for another channel once this one is closed. */
  public int id() {
    return id;
  }

  /** The next data of the main stream, the caller's; null = none yet, or {@link #inputEnded()}. */
  public @Nullable ByteBuf read() {
    return readFrom(input);
  }

  /** As {@link #read()} for the peer's error stream, if {@link #wantErrors()} was called. */
  public @Nullable ByteBuf readError() {
    return readFrom(errorInput);
  }

  /** Keeps the peer's error stream; without this it is dropped. */
  public void wantErrors() {
    errorsWanted = true;
  }

  /** Whether {@link #read()} has something. */
  public boolean hasInput() {
    return !input.isEmpty();
  }

  public boolean hasErrorInput() {
    return !errorInput.isEmpty();
  }

  /** Whether no more data will come; what has come may still wait. */
  public boolean inputEnded() {
    return inputEnded;
  }

  /** Queues data. Takes the buffer. */
  public void write(ByteBuf data) {
    enqueue(data, 0);
  }

  /** Queues data of the error stream. Takes the buffer. */
  public void writeError(ByteBuf data) {
    enqueue(data, ChannelMessage.ExtendedData.STDERR);
  }

  /** Whether there is room for more; if not, {@link ChannelEvent.OutputReady} follows. */
  public boolean isWritable() {
    boolean room = output.hasRoom();
    writableWanted |= !room;
    return room || closeWanted;
  }

  /** Ends our direction behind what is queued (EOF). */
  public void endOutput() {
    endWanted = true;
    table.ready(this);
  }

  /**
   * Tells how what ran has ended, then ends both directions; all behind what is queued. What was
   * not read by then is dropped.
   */
  public void finish(RequestType how) {
    exit = how;
    endWanted = true;
    closeWanted = true;
    dropInput();
    table.ready(this);
  }

  /** Closes at once: what is queued either way is dropped. */
  public void close() {
    output.clear();
    dropInput();
    closeWanted = true;
    table.ready(this);
  }

  /** Closes behind what is queued; what was received can still be read. */
  public void closeAfterOutput() {
    closeWanted = true;
    table.ready(this);
  }

  /** Asks for something. {@link ChannelEvent.Answered} follows, in the order of requests. */
  public void request(RequestType what) {
    awaitedAnswers++;
    table.send(new ChannelRequest(peerId, true, what));
  }

  /** Tells something that has no answer. */
  public void tell(RequestType what) {
    if (!closeSent) {
      table.send(new ChannelRequest(peerId, false, what));
    }
  }

  public boolean isClosed() {
    return closeSent && closeReceived;
  }

  /** Octets that may come or wait, at most. */
  public long windowSize() {
    return receiveWindow.size();
  }

  /** Much is about to come: the peer may send at once what the path holds, if budgets allow. */
  public void expectBulk() {
    if (!inputEnded && !closeSent) {
      receiveWindow.widen();
      table.ready(this);
    }
  }

  boolean isConfirmed() {
    return confirmed;
  }

  void opened(int peer, long window, long peerMaxPacket) {
    confirmed = true;
    peerId = peer;
    sendWindow = new SendWindow(window);
    maxPacket = (int) Math.min(peerMaxPacket, MAX_OWN_PACKET);
    if (maxPacket <= 0) {
      throw SshViolation.protocol("channel: the peer takes packets of 0 octets");
    }
    table.ready(this);
  }

  /** Takes the buffer. */
  void onData(ByteBuf data, int type) {
    int length = data.readableBytes();
    if (closeSent || closeWanted && inputEnded) {
      data.release(); // it crossed our CLOSE
      return;
    }
    boolean main = type == 0;
    boolean kept = main || type == ChannelMessage.ExtendedData.STDERR && errorsWanted;
    try {
      checkData(length);
    } catch (RuntimeException e) {
      data.release();
      throw e;
    }
    if (kept && !inputEnded) {
      (main ? input : errorInput).add(data);
      tellReadable();
    } else {
      data.release();
      consumed(length);
    }
  }

  void onWindowAdjust(long octets) {
    sendWindow.add(octets);
    table.ready(this);
  }

  void onEof() {
    inputEnded = true;
    tellReadable();
  }

  void onClose() {
    if (closeReceived) {
      throw SshViolation.protocol("channel: a second CLOSE of channel " + id);
    }
    closeReceived = true;
    inputEnded = true;
    output.clear();
    exit = null;
    endSent = true; // nothing may come before our CLOSE any more
    closeWanted = true;
    tellReadable();
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

  /** A start that was asked for did not come about: another may be. */
  public void notStarted() {
    started = false;
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
    if (closeSent || !confirmed) {
      return;
    }
    adjustWindow();
    if (!output.isEmpty()) {
      sendData();
    }
    if (output.isEmpty()) {
      sendEnds();
    }
  }

  /** Whether {@link #sendDue()} would send data, or what comes behind it. */
  boolean hasDue() {
    if (closeSent || !confirmed) {
      return false;
    }
    return output.isEmpty()
        ? exit != null || endWanted && !endSent || closeWanted
        : sendWindow.isOpen();
  }

  /** The connection is gone: gives back what the channel holds. */
  void abandon() {
    output.clear();
    closeSent = true;
    closeReceived = true;
    receiveWindow.release();
  }

  private void dropInput() {
    receiveWindow.consumed(input.clear() + errorInput.clear());
    inputEnded = true;
  }

  private void adjustWindow() {
    if (inputEnded) {
      return;
    }
    long grant = receiveWindow.adjust(table.now());
    if (grant > 0) {
      table.send(new ChannelMessage.WindowAdjust(peerId, grant));
    }
  }

  private void sendData() {
    int most = sendWindow.most(maxPacket);
    if (most > 0) {
      sendWindow.take(output.send(table.out(), peerId, most));
    }
    table.roomMade();
  }

  void tellWritable() {
    if (writableWanted && output.hasRoomAgain()) {
      writableWanted = false;
      table.emit(writable);
    }
  }

  private void sendEnds() {
    if (exit != null) {
      table.send(new ChannelRequest(peerId, false, exit));
      exit = null;
    }
    if (endWanted && !endSent) {
      endSent = true;
      table.send(new ChannelMessage.Eof(peerId));
    }
    if (closeWanted) {
      closeSent = true;
      table.send(new ChannelMessage.Close(peerId));
      table.closedByUs(this);
    }
  }

  private void enqueue(ByteBuf data, int type) {
    if (endWanted || closeWanted || closeSent) {
      data.release();
      return;
    }
    output.add(data, type);
    table.ready(this);
  }

  private @Nullable ByteBuf readFrom(ReceiveQueue queue) {
    ByteBuf data = queue.poll();
    if (data == null) {
      readableTold = false;
      return null;
    }
    consumed(data.readableBytes());
    return data;
  }

  private void consumed(int octets) {
    receiveWindow.consumed(octets);
    if (receiveWindow.isDue()) {
      table.ready(this);
    }
  }

  private void tellReadable() {
    if (!readableTold) {
      readableTold = true;
      table.emit(readable);
    }
  }

  private void checkData(int length) {
    if (length > table.limits().maxPacket()) {
      throw SshViolation.protocol(
          "channel: " + length + " octets in one message, over " + table.limits().maxPacket());
    }
    if (inputEnded) {
      throw SshViolation.protocol("channel: data behind EOF on channel " + id);
    }
    receiveWindow.received(length, table.now());
  }
}
