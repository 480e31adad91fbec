package dev.sluice.ssh.message;

import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;

/**
 * What a channel of type {@value #TYPE} says when it is opened: where the peer is to connect to
 * (RFC 4254 section 7.2).
 *
 * @param host a name or an address, as the peer resolves it
 * @param port uint32
 * @param originator the address of the party that the connection is made for
 * @param originatorPort uint32
 */
public record DirectTcpip(String host, int port, String originator, int originatorPort) {
  public static final String TYPE = "direct-tcpip";

  private static final int MAX_HOST = 1024;

  public static DirectTcpip decode(ByteBuf in) {
    return Layout.whole(
        in,
        new DirectTcpip(
            SshString.readUtf8(in, MAX_HOST),
            Layout.uint32(in),
            SshString.readUtf8(in, MAX_HOST),
            Layout.uint32(in)));
  }

  public void encode(ByteBuf out) {
    SshString.write(out, host);
    out.writeInt(port);
    SshString.write(out, originator);
    out.writeInt(originatorPort);
  }
}
