package dev.sluice.ssh.channel;

import dev.sluice.api.LimitExceeded;
import dev.sluice.api.RawName;
import dev.sluice.ssh.WindowLimits;
import dev.sluice.ssh.message.ChannelMessage;
import dev.sluice.ssh.message.ChannelRequest;
import dev.sluice.ssh.message.OpenFailureReason;
import dev.sluice.ssh.message.SshMessage;
import dev.sluice.ssh.packet.PacketSink;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint32;
import dev.sluice.transport.AnswerMemory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The channels of one connection. Those that have something to send take turns, one message each,
 * so that none holds up another.
 */
public final class ChannelTable {
  /** Octets that may wait on a channel before it stops being writable. */
  public static final int WRITE_AHEAD = 256 * 1024;

  private final ChannelPolicy policy;
  private final AnswerMemory.Share memory;
  private final WindowLimits limits;
  private final WindowBudget budget;
  private final RoundTrip roundTrip;
  private final PacketSink out;
  private final ByteBufAllocator allocator;
  private final Consumer<ChannelEvent> events;
  private final ChannelNumbers channels = new ChannelNumbers();
  private final ArrayDeque<Channel> ready = new ArrayDeque<>();
  private boolean refusesMore;
  private long now;

  public ChannelTable(
      ChannelPolicy policy,
      WindowLimits limits,
      RoundTrip roundTrip,
      PacketSink out,
      Consumer<ChannelEvent> events) {
    this.policy = policy;
    this.memory = policy.memory().connection();
    this.limits = limits;
    this.budget = policy.budget().part(limits.connection());
    this.roundTrip = roundTrip;
    this.out = out;
    this.allocator = policy.allocator();
    this.events = events;
  }

  /** Asks the peer for a channel; {@link ChannelEvent.Opened} or Refused follows. */
  public Channel open(String type, byte[] data) {
    if (channels.size() >= policy.most()) {
      throw new LimitExceeded(
          "channels: " + channels.size() + " are open; see the limit of channels");
    }
    Channel channel = add();
    send(
        new ChannelMessage.Open(
            type, channel.id(), channel.windowSize(), limits.maxPacket(), data));
    return channel;
  }

  /** From now on, the peer's new channels are refused. */
  public void refuseMore() {
    refusesMore = true;
  }

  public void tick(long nowNanos) {
    now = nowNanos;
  }

  /** Channels open now, or about to be. */
  public int size() {
    return channels.size();
  }

  /** Takes a message of number 90 to 100, except data. */
  public void on(int number, ByteBuf in) {
    switch (number) {
      case ChannelMessage.Open.NUMBER -> onOpen(ChannelMessage.Open.decode(in));
      case ChannelMessage.OpenConfirmation.NUMBER -> {
        ChannelMessage.OpenConfirmation message = ChannelMessage.OpenConfirmation.decode(in);
        Channel channel = channels.opening(message.channel());
        channel.firstAnswer.heard(now);
        channel.opened(message.sender(), message.window(), message.maxPacket());
        emit(new ChannelEvent.Opened(channel));
      }
      case ChannelMessage.OpenFailure.NUMBER ->
          onOpenFailure(ChannelMessage.OpenFailure.decode(in));
      case ChannelMessage.WindowAdjust.NUMBER -> {
        ChannelMessage.WindowAdjust message = ChannelMessage.WindowAdjust.decode(in);
        Channel channel = channels.openOrClosed(message.channel());
        if (channel != null) {
          channel.onWindowAdjust(message.octets());
        }
      }
      case ChannelMessage.Eof.NUMBER ->
          channels.existing(ChannelMessage.Eof.decode(in).channel()).onEof();
      case ChannelMessage.Close.NUMBER -> onClose(ChannelMessage.Close.decode(in));
      case ChannelRequest.NUMBER -> {
        ChannelRequest request = ChannelRequest.decode(in);
        Channel channel = channels.existing(request.channel());
        channel.firstAnswer.heard(now);
        channel.onRequest(request);
      }
      case ChannelMessage.Success.NUMBER ->
          onAnswer(ChannelMessage.Success.decode(in).channel(), true);
      case ChannelMessage.Failure.NUMBER ->
          onAnswer(ChannelMessage.Failure.decode(in).channel(), false);
      default -> throw SshViolation.protocol("channel: message " + number);
    }
  }

  /**
   * Takes a message of data. No record is made of it, since most of a connection's traffic is data.
   * Takes the buffer, which holds the message after its number.
   */
  public void onData(int number, ByteBuf in) {
    Channel channel;
    int type = 0;
    try {
      channel = channels.existing((int) Uint32.read(in));
      if (number == ChannelMessage.ExtendedData.NUMBER) {
        type = (int) Uint32.read(in);
        type = type == 0 ? -1 : type;
      }
      long length = Uint32.read(in);
      if (length != in.readableBytes()) {
        throw SshViolation.protocol(
            "channel: data of " + length + " octets in a message with " + in.readableBytes());
      }
    } catch (RuntimeException e) {
      in.release();
      throw e;
    }
    channel.onData(in, type);
  }

  /** Lets channels that have something to send fill the batch. */
  public void fill() {
    while (out.hasRoom()) {
      Channel channel = ready.poll();
      if (channel == null) {
        return;
      }
      channel.isReady = false;
      channel.sendDue();
      if (channel.hasDue()) {
        ready(channel);
      }
    }
  }

  /** The connection is gone. */
  public void abandon() {
    channels.forEach(Channel::abandon);
    channels.clear();
    ready.clear();
    memory.close();
  }

  /** Accounts for what waits on all channels. */
  public AnswerMemory.Share memory() {
    return memory;
  }

  /** What has left one channel may make room for another. */
  void roomMade() {
    channels.forEach(Channel::tellWritable);
  }

  void ready(Channel channel) {
    if (!channel.isReady) {
      channel.isReady = true;
      ready.add(channel);
    }
  }

  void closedByUs(Channel channel) {
    if (channel.isClosed()) {
      remove(channel);
    }
  }

  void emit(ChannelEvent event) {
    events.accept(event);
  }

  void send(SshMessage message) {
    out.send(message);
  }

  RoundTrip roundTrip() {
    return roundTrip;
  }

  PacketSink out() {
    return out;
  }

  long now() {
    return now;
  }

  WindowLimits limits() {
    return limits;
  }

  ByteBufAllocator allocator() {
    return allocator;
  }

  boolean isServer() {
    return policy.accepted().contains(ChannelMessage.Open.SESSION);
  }

  ReceiveWindow newWindow() {
    return new ReceiveWindow(limits, budget, roundTrip, now);
  }

  private void onOpen(ChannelMessage.Open message) {
    OpenFailureReason refusal = policy.refusal(message.type());
    if (refusal == null && (refusesMore || channels.size() >= policy.most())) {
      refusal =
          refusesMore
              ? OpenFailureReason.ADMINISTRATIVELY_PROHIBITED
              : OpenFailureReason.RESOURCE_SHORTAGE;
    }
    if (refusal != null) {
      send(new ChannelMessage.OpenFailure(message.sender(), refusal.code(), "not allowed"));
      return;
    }
    Channel channel = add();
    channel.opened(message.sender(), message.window(), message.maxPacket());
    send(
        new ChannelMessage.OpenConfirmation(
            message.sender(), channel.id(), channel.windowSize(), limits.maxPacket()));
    emit(new ChannelEvent.Accepted(channel));
  }

  private void onOpenFailure(ChannelMessage.OpenFailure message) {
    Channel channel = channels.opening(message.channel());
    channels.free(channel);
    channel.abandon();
    String why =
        OpenFailureReason.describe(message.reason()) + ": " + RawName.escape(message.description());
    emit(new ChannelEvent.Refused(channel, why));
  }

  private void onClose(ChannelMessage.Close message) {
    Channel channel = channels.existing(message.channel());
    channel.onClose();
    if (channel.isClosed()) {
      remove(channel);
    }
  }

  private void onAnswer(int id, boolean granted) {
    Channel channel = channels.openOrClosed(id);
    if (channel != null) {
      channel.onAnswer(granted);
    }
  }

  private Channel add() {
    return channels.add(id -> new Channel(this, id));
  }

  private void remove(Channel channel) {
    channels.free(channel);
    channel.abandon();
    emit(new ChannelEvent.Closed(channel));
  }
}
