package dev.sluice.ssh.message;

import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.Uint32;
import io.netty.buffer.ByteBuf;

/**
 * The messages about one channel (RFC 4254 section 5). {@code channel} is always the receiver's
 * number for it, a uint32 held in an int.
 */
public sealed interface ChannelMessage extends ConnectionMessage
    permits ChannelRequest,
        ChannelMessage.Open,
        ChannelMessage.OpenConfirmation,
        ChannelMessage.OpenFailure,
        ChannelMessage.WindowAdjust,
        ChannelMessage.Data,
        ChannelMessage.ExtendedData,
        ChannelMessage.Eof,
        ChannelMessage.Close,
        ChannelMessage.Success,
        ChannelMessage.Failure {

  /** The largest window, in octets. */
  long MAX_WINDOW = 0xFFFF_FFFFL;

  /**
   * Asks for a channel.
   *
   * @param type what it is for
   * @param sender the sender's number for it
   * @param window octets that the sender takes at first, 0 to 2^32-1
   * @param maxPacket octets of data that it takes in one message, 0 to 2^32-1
   * @param data the fields that belong to the type
   */
  record Open(String type, int sender, long window, long maxPacket, byte[] data)
      implements ChannelMessage {
    public static final int NUMBER = 90;
    public static final String SESSION = "session";

    public static Open decode(ByteBuf in) {
      return new Open(
          SshString.readName(in),
          Layout.uint32(in),
          Uint32.read(in),
          Uint32.read(in),
          Layout.rest(in));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
      SshString.write(out, type);
      out.writeInt(sender).writeInt((int) window).writeInt((int) maxPacket).writeBytes(data);
    }
  }

  /**
   * Grants a channel.
   *
   * @param sender the sender's number for it
   * @param window octets that the sender takes at first, 0 to 2^32-1
   * @param maxPacket octets of data that it takes in one message, 0 to 2^32-1
   */
  record OpenConfirmation(int channel, int sender, long window, long maxPacket)
      implements ChannelMessage {
    public static final int NUMBER = 91;

    /** Fields that belong to the channel's type are ignored: no type we open has any. */
    public static OpenConfirmation decode(ByteBuf in) {
      OpenConfirmation message =
          new OpenConfirmation(
              Layout.uint32(in), Layout.uint32(in), Uint32.read(in), Uint32.read(in));
      Layout.rest(in);
      return message;
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER).writeInt(channel).writeInt(sender);
      out.writeInt((int) window).writeInt((int) maxPacket);
    }
  }

  /**
   * Refuses a channel.
   *
   * @param reason uint32, see {@link OpenFailureReason}
   * @param description for people, as received
   */
  record OpenFailure(int channel, int reason, String description) implements ChannelMessage {
    public static final int NUMBER = 92;

    public static OpenFailure decode(ByteBuf in) {
      OpenFailure message =
          new OpenFailure(Layout.uint32(in), Layout.uint32(in), SshString.readText(in));
      if (in.isReadable()) { // a language tag, which some peers leave out
        SshString.readText(in);
      }
      return Layout.whole(in, message);
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER).writeInt(channel).writeInt(reason);
      SshString.write(out, description);
      SshString.write(out, "");
    }
  }

  /**
   * Lets the receiver send more.
   *
   * @param octets to add to its window, 0 to 2^32-1
   */
  record WindowAdjust(int channel, long octets) implements ChannelMessage {
    public static final int NUMBER = 93;

    public static WindowAdjust decode(ByteBuf in) {
      return Layout.whole(in, new WindowAdjust(Layout.uint32(in), Uint32.read(in)));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER).writeInt(channel).writeInt((int) octets);
    }
  }

  /**
   * Carries data.
   *
   * @param data borrowed: a view of what it was decoded from; encoding leaves its indices alone
   */
  record Data(int channel, ByteBuf data) implements ChannelMessage {
    public static final int NUMBER = 94;

    /** Octets before the data: number, channel, length. */
    public static final int HEADER_OCTETS = 9;

    public static Data decode(ByteBuf in) {
      return Layout.whole(in, new Data(Layout.uint32(in), SshString.readSlice(in)));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      encodeHeader(out, channel, data.readableBytes());
      out.writeBytes(data, data.readerIndex(), data.readableBytes());
    }

    /** Writes what stands before {@code length} octets of data. */
    public static void encodeHeader(ByteBuf out, int channel, int length) {
      out.writeByte(NUMBER).writeInt(channel).writeInt(length);
    }
  }

  /**
   * Carries data beside the main stream.
   *
   * @param type uint32; {@link #STDERR} or something unknown
   * @param data borrowed: a view of what it was decoded from; encoding leaves its indices alone
   */
  record ExtendedData(int channel, int type, ByteBuf data) implements ChannelMessage {
    public static final int NUMBER = 95;
    public static final int STDERR = 1;

    /** Octets before the data: number, channel, type, length. */
    public static final int HEADER_OCTETS = 13;

    public static ExtendedData decode(ByteBuf in) {
      return Layout.whole(
          in, new ExtendedData(Layout.uint32(in), Layout.uint32(in), SshString.readSlice(in)));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      encodeHeader(out, channel, type, data.readableBytes());
      out.writeBytes(data, data.readerIndex(), data.readableBytes());
    }

    /** Writes what stands before {@code length} octets of data. */
    public static void encodeHeader(ByteBuf out, int channel, int type, int length) {
      out.writeByte(NUMBER).writeInt(channel).writeInt(type).writeInt(length);
    }
  }

  /** The sender sends no more data; it still takes some. */
  record Eof(int channel) implements ChannelMessage {
    public static final int NUMBER = 96;

    public static Eof decode(ByteBuf in) {
      return Layout.whole(in, new Eof(Layout.uint32(in)));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER).writeInt(channel);
    }
  }

  /** The sender is done with the channel. */
  record Close(int channel) implements ChannelMessage {
    public static final int NUMBER = 97;

    public static Close decode(ByteBuf in) {
      return Layout.whole(in, new Close(Layout.uint32(in)));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER).writeInt(channel);
    }
  }

  /** Grants the channel's oldest unanswered request. */
  record Success(int channel) implements ChannelMessage {
    public static final int NUMBER = 99;

    public static Success decode(ByteBuf in) {
      return Layout.whole(in, new Success(Layout.uint32(in)));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER).writeInt(channel);
    }
  }

  /** Refuses the channel's oldest unanswered request. */
  record Failure(int channel) implements ChannelMessage {
    public static final int NUMBER = 100;

    public static Failure decode(ByteBuf in) {
      return Layout.whole(in, new Failure(Layout.uint32(in)));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER).writeInt(channel);
    }
  }
}
