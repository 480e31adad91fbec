package dev.sluice.ssh.kex;

import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;

/**
 * The methods in which the client sends its share in message 30 and the server answers with 31 (RFC
 * 4253 section 8, RFC 5656 section 4, RFC 8731, draft-ietf-sshm-mlkem-hybrid-kex).
 */
record TwoMessages(Agreement agreement) implements KexMethod {
  private static final int INIT = 30;
  private static final int REPLY = 31;

  @Override
  public KexStep client(KexContext context, SecureRandom random) {
    return new KexStep.Work(
        () -> {
          Agreement.Pending pending = agreement.start(random);
          return new KexStep.Send(
              init(pending.share()),
              new KexStep.Await(REPLY, fields -> replied(context, pending, fields)));
        });
  }

  private KexStep replied(KexContext context, Agreement.Pending pending, ByteBuf fields) {
    HostReply reply = HostReply.decode(fields);
    return new KexStep.Work(
        () -> {
          byte[] secret = pending.secret(reply.share());
          byte[] shares = shares(pending.share(), agreement.hashed(reply.share()));
          return new KexStep.Done(hash(context).verified(reply, shares, secret));
        });
  }

  @Override
  public KexStep server(KexContext context, SshKeyPair hostKey, SecureRandom random) {
    return new KexStep.Await(
        INIT,
        fields -> {
          byte[] clientShare = SshString.read(fields);
          Octet.requireEnd(fields, "the client's key exchange message");
          return new KexStep.Work(() -> answer(context, hostKey, clientShare, random));
        });
  }

  private KexStep answer(
      KexContext context, SshKeyPair hostKey, byte[] clientShare, SecureRandom random) {
    Agreement.Answer answer = agreement.answer(clientShare, random);
    return hash(context)
        .signed(
            hostKey,
            new ExchangeHash.Share(REPLY, answer.share()),
            shares(agreement.hashed(clientShare), answer.share()),
            answer.secret());
  }

  private ExchangeHash hash(KexContext context) {
    return new ExchangeHash(context, agreement.hash());
  }

  private static byte[] init(byte[] share) {
    return Encoded.bytes(
        out -> {
          out.writeByte(INIT);
          SshString.write(out, share);
        });
  }

  static byte[] shares(byte[] client, byte[] server) {
    return Encoded.bytes(
        out -> {
          SshString.write(out, client);
          SshString.write(out, server);
        });
  }
}
