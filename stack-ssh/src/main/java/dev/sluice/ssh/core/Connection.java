package dev.sluice.ssh.core;

import dev.sluice.ssh.channel.ChannelTable;
import dev.sluice.ssh.message.ChannelMessage;
import dev.sluice.ssh.message.ConnectionMessage.GlobalRequest;
import dev.sluice.ssh.message.ConnectionMessage.RequestFailure;
import dev.sluice.ssh.message.ConnectionMessage.RequestSuccess;
import dev.sluice.ssh.message.UserAuthRequest;
import dev.sluice.ssh.packet.PacketSink;
import io.netty.buffer.ByteBuf;

/** The layer after the login: channels and global requests (RFC 4254). */
final class Connection implements Layer {
  private static final String NO_MORE_SESSIONS = "no-more-sessions@openssh.com";

  private final Role role;
  private final ChannelTable channels;
  private final GlobalRequests requests;
  private final PacketSink out;
  private final HostKeyProofs proofs;
  private final KeepaliveWatch keepalive;

  Connection(
      Role role,
      ChannelTable channels,
      PacketSink out,
      HostKeyProofs proofs,
      KeepaliveWatch keepalive) {
    this.role = role;
    this.channels = channels;
    this.requests = new GlobalRequests(out);
    this.out = out;
    this.proofs = proofs;
    this.keepalive = keepalive;
  }

  /** Whether this number is among those of a connection, but belongs to no message. */
  static boolean isUnassigned(int number) {
    return number > RequestFailure.NUMBER && number < ChannelMessage.Open.NUMBER
        || number > ChannelMessage.Failure.NUMBER && number <= 127;
  }

  ChannelTable channels() {
    return channels;
  }

  GlobalRequests requests() {
    return requests;
  }

  @Override
  public Layer on(int number, ByteBuf in) {
    if (number > ChannelMessage.Failure.NUMBER || number < GlobalRequest.NUMBER) {
      if (number == UserAuthRequest.NUMBER && role == Role.SERVER) {
        return this; // RFC 4252 section 5.1: ignored after the login
      }
      throw ServiceLayers.unexpected(number, this);
    }
    switch (number) {
      case GlobalRequest.NUMBER -> onRequest(GlobalRequest.decode(in));
      case RequestSuccess.NUMBER -> requests.onSuccess(in);
      case RequestFailure.NUMBER -> requests.onFailure(in);
      default -> channels.on(number, in);
    }
    return this;
  }

  @Override
  public void tick(long nowNanos) {
    channels.tick(nowNanos);
    if (keepalive.asks(nowNanos)) {
      requests.keepalive();
    }
  }

  @Override
  public long deadlineNanos() {
    return keepalive.deadlineNanos();
  }

  private void onRequest(GlobalRequest request) {
    boolean known =
        switch (request.name()) {
          case NO_MORE_SESSIONS -> {
            channels.refuseMore();
            yield true;
          }
          case HostKeyProofs.ANNOUNCE -> role == Role.CLIENT && proofs.announced(request, requests);
          case HostKeyProofs.PROVE -> {
            if (role == Role.SERVER && request.wantReply()) {
              proofs.prove(request, out);
              yield true;
            }
            yield false;
          }
          default -> false;
        };
    boolean answeredElsewhere = known && request.name().equals(HostKeyProofs.PROVE);
    if (request.wantReply() && !answeredElsewhere) {
      out.send(known ? new RequestSuccess(new byte[0]) : new RequestFailure());
    }
  }
}
