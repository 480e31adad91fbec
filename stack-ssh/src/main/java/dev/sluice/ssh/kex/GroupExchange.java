package dev.sluice.ssh.kex;

import dev.sluice.ssh.algorithm.HashAlgorithm;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.Mpint;
import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;
import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * Diffie-Hellman in a group that the server chooses for the client's request (RFC 4419). Messages
 * 31 and 32 mean something else here than in the other methods.
 */
record GroupExchange(HashAlgorithm hash) implements KexMethod {
  private static final int GROUP = 31;
  private static final int INIT = 32;
  private static final int REPLY = 33;

  @Override
  public KexStep client(KexContext context, SecureRandom random) {
    GroupRequest request = GroupRequest.OURS;
    return new KexStep.Send(
        request.encode(),
        new KexStep.Await(GROUP, fields -> groupChosen(context, request, fields, random)));
  }

  private KexStep groupChosen(
      KexContext context, GroupRequest request, ByteBuf fields, SecureRandom random) {
    DhGroup group = new DhGroup(Mpint.read(fields), Mpint.read(fields));
    Octet.requireEnd(fields, "KEX_DH_GEX_GROUP");
    request.check(group);
    return new KexStep.Work(
        () -> {
          Agreement.Pending pending = agreement(group).start(random);
          return new KexStep.Send(
              init(pending.share()),
              new KexStep.Await(
                  REPLY, reply -> replied(new Chosen(context, request, group), pending, reply)));
        });
  }

  private KexStep replied(Chosen chosen, Agreement.Pending pending, ByteBuf fields) {
    HostReply reply = HostReply.decode(fields);
    return new KexStep.Work(
        () -> {
          byte[] secret = pending.secret(reply.share());
          byte[] hashed = chosen.hashed(pending.share(), reply.share());
          return new KexStep.Done(
              new ExchangeHash(chosen.context(), hash).verified(reply, hashed, secret));
        });
  }

  @Override
  public KexStep server(KexContext context, SshKeyPair hostKey, SecureRandom random) {
    return new KexStep.Await(
        GroupRequest.NUMBER,
        fields -> {
          GroupRequest request = GroupRequest.decode(fields);
          DhGroup group = request.choose();
          Chosen chosen = new Chosen(context, request, group);
          return new KexStep.Send(
              group(group), new KexStep.Await(INIT, e -> answer(chosen, hostKey, e, random)));
        });
  }

  private KexStep answer(Chosen chosen, SshKeyPair hostKey, ByteBuf fields, SecureRandom random) {
    byte[] clientShare = SshString.read(fields);
    Octet.requireEnd(fields, "KEX_DH_GEX_INIT");
    return new KexStep.Work(
        () -> {
          Agreement.Answer answer = agreement(chosen.group()).answer(clientShare, random);
          return new ExchangeHash(chosen.context(), hash)
              .signed(
                  hostKey,
                  new ExchangeHash.Share(REPLY, answer.share()),
                  chosen.hashed(clientShare, answer.share()),
                  answer.secret());
        });
  }

  private Agreement agreement(DhGroup group) {
    return new DiffieHellman(group, hash);
  }

  private static byte[] init(byte[] share) {
    return Encoded.bytes(
        out -> {
          out.writeByte(INIT);
          SshString.write(out, share);
        });
  }

  private static byte[] group(DhGroup group) {
    return Encoded.bytes(
        out -> {
          out.writeByte(GROUP);
          Mpint.write(out, group.p());
          Mpint.write(out, group.g());
        });
  }

  /** What has been settled before the shares are sent. */
  private record Chosen(KexContext context, GroupRequest request, DhGroup group) {

    /** Section 3: the request as the client sent it, the group, and the shares e and f. */
    byte[] hashed(byte[] clientShare, byte[] serverShare) {
      BigInteger e = DiffieHellman.number(clientShare);
      BigInteger f = DiffieHellman.number(serverShare);
      return Encoded.bytes(
          out -> {
            request.encodeFields(out);
            Mpint.write(out, group.p());
            Mpint.write(out, group.g());
            Mpint.write(out, e);
            Mpint.write(out, f);
          });
    }
  }
}
