package dev.sluice.ssh.message;

import dev.sluice.ssh.wire.SshBoolean;
import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;

/**
 * Asks for something on a channel, or reports something (RFC 4254 section 5.4).
 *
 * @param channel the receiver's number for it
 * @param wantReply whether {@link ChannelMessage.Success} or {@link ChannelMessage.Failure} is
 *     awaited
 * @param what the request's type and its fields
 */
public record ChannelRequest(int channel, boolean wantReply, RequestType what)
    implements ChannelMessage {
  public static final int NUMBER = 98;

  public static ChannelRequest decode(ByteBuf in) {
    int channel = Layout.uint32(in);
    String type = SshString.readName(in);
    boolean wantReply = SshBoolean.read(in);
    return Layout.whole(in, new ChannelRequest(channel, wantReply, RequestType.decode(type, in)));
  }

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public void encode(ByteBuf out) {
    out.writeByte(NUMBER).writeInt(channel);
    SshString.write(out, what.type());
    out.writeBoolean(wantReply);
    what.encode(out);
  }
}
