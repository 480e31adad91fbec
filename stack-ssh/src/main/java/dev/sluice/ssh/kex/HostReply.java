package dev.sluice.ssh.kex;

import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;

/**
 * The server's last message of every method: KEXDH_REPLY, KEX_ECDH_REPLY, KEX_HYBRID_REPLY and
 * KEX_DH_GEX_REPLY differ in their number only.
 *
 * @param hostKey the key blob K_S
 * @param share Q_S, S_REPLY or the octets of the mpint f
 * @param signature the signature blob
 */
record HostReply(byte[] hostKey, byte[] share, byte[] signature) {

  static HostReply decode(ByteBuf in) {
    HostReply reply = new HostReply(SshString.read(in), SshString.read(in), SshString.read(in));
    Octet.requireEnd(in, "the host's key exchange reply");
    return reply;
  }

  byte[] encode(int number) {
    return Encoded.bytes(
        out -> {
          out.writeByte(number);
          SshString.write(out, hostKey);
          SshString.write(out, share);
          SshString.write(out, signature);
        });
  }
}
