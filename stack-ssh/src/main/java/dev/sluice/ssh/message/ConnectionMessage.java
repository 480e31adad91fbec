package dev.sluice.ssh.message;

import dev.sluice.ssh.wire.SshBoolean;
import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;

/** The messages that concern no channel: requests to the whole connection (RFC 4254 section 4). */
public sealed interface ConnectionMessage extends SshMessage
    permits ChannelMessage,
        ConnectionMessage.GlobalRequest,
        ConnectionMessage.RequestSuccess,
        ConnectionMessage.RequestFailure {

  /**
   * Asks the other side for something.
   *
   * @param data the fields that belong to the name
   */
  record GlobalRequest(String name, boolean wantReply, byte[] data) implements ConnectionMessage {
    public static final int NUMBER = 80;

    public static GlobalRequest decode(ByteBuf in) {
      return new GlobalRequest(SshString.readName(in), SshBoolean.read(in), Layout.rest(in));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
      SshString.write(out, name);
      out.writeBoolean(wantReply).writeBytes(data);
    }
  }

  /**
   * Grants the oldest unanswered global request.
   *
   * @param data the fields that belong to the request
   */
  record RequestSuccess(byte[] data) implements ConnectionMessage {
    public static final int NUMBER = 81;

    public static RequestSuccess decode(ByteBuf in) {
      return new RequestSuccess(Layout.rest(in));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER).writeBytes(data);
    }
  }

  /** Refuses the oldest unanswered global request. */
  record RequestFailure() implements ConnectionMessage {
    public static final int NUMBER = 82;

    public static RequestFailure decode(ByteBuf in) {
      return Layout.whole(in, new RequestFailure());
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
    }
  }
}
