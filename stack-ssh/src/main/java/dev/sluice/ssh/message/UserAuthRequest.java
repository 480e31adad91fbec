package dev.sluice.ssh.message;

import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;

/**
 * Asks to be let in (RFC 4252 section 5).
 *
 * @param user unverified; escape it before it is logged
 * @param service what is wanted after the login
 * @param method how the user proves who they are
 */
public record UserAuthRequest(String user, String service, AuthMethod method)
    implements AuthMessage {
  public static final int NUMBER = 50;

  public static UserAuthRequest decode(ByteBuf in) {
    String user = SshString.readUtf8(in, Layout.MAX_TEXT);
    String service = SshString.readName(in);
    return Layout.whole(in, new UserAuthRequest(user, service, AuthMethod.decode(in)));
  }

  /** What the signature of a {@link AuthMethod.PublicKey} covers (RFC 4252 section 7). */
  public byte[] signedData(byte[] sessionId, AuthMethod.PublicKey key) {
    return Encoded.bytes(
        out -> {
          SshString.write(out, sessionId);
          encodeHead(out);
          key.encodeUnsigned(out, true);
        });
  }

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public void encode(ByteBuf out) {
    encodeHead(out);
    method.encode(out);
  }

  private void encodeHead(ByteBuf out) {
    out.writeByte(NUMBER);
    SshString.write(out, user);
    SshString.write(out, service);
    SshString.write(out, method.name());
  }
}
