package dev.sluice.ssh.core;

import dev.sluice.ssh.message.ConnectionMessage.GlobalRequest;
import dev.sluice.ssh.message.ConnectionMessage.RequestFailure;
import dev.sluice.ssh.message.ConnectionMessage.RequestSuccess;
import dev.sluice.ssh.packet.PacketSink;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;

/** Requests to the whole connection, whose answers come in order (RFC 4254 section 4). */
final class GlobalRequests {
  private static final byte[] NOTHING = {};
  private static final String KEEPALIVE = "keepalive@openssh.com";

  private final PacketSink out;
  private final ArrayDeque<Consumer<Optional<byte[]>>> unanswered = new ArrayDeque<>();

  GlobalRequests(PacketSink out) {
    this.out = out;
  }

  /** Asks whether the peer lives; any answer will do. */
  void keepalive() {
    ask(KEEPALIVE, NOTHING, answer -> {});
  }

  /** Asks; {@code then} takes the fields of the answer, or nothing if it is a refusal. */
  void ask(String name, byte[] data, Consumer<Optional<byte[]>> then) {
    unanswered.add(then);
    out.send(new GlobalRequest(name, true, data));
  }

  /** Sends a request that has no answer. */
  void tell(String name, byte[] data) {
    out.send(new GlobalRequest(name, false, data));
  }

  void onSuccess(ByteBuf in) {
    answered(Optional.of(RequestSuccess.decode(in).data()));
  }

  void onFailure(ByteBuf in) {
    RequestFailure.decode(in);
    answered(Optional.empty());
  }

  private void answered(Optional<byte[]> answer) {
    Consumer<Optional<byte[]>> oldest = unanswered.poll();
    if (oldest == null) {
      throw SshViolation.protocol("global request: an answer to none");
    }
    oldest.accept(answer);
  }
}
