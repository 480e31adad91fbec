package dev.sluice.ssh.core;

import dev.sluice.ssh.auth.ClientLogin;
import dev.sluice.ssh.auth.ServerLogin;
import dev.sluice.ssh.message.TransportMessage.ServiceAccept;
import dev.sluice.ssh.message.TransportMessage.ServiceRequest;
import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;

/** The layers up to the login (RFC 4253 section 10, RFC 4252). */
final class ServiceLayers {
  static final String USERAUTH = "ssh-userauth";

  private ServiceLayers() {}

  static SshViolation unexpected(int number, Layer layer) {
    return SshViolation.protocol(
        "service: message " + number + " in state " + layer.getClass().getSimpleName());
  }

  private static void requireUserauth(ByteBuf in) {
    ServiceRequest message = ServiceRequest.decode(in);
    if (!message.service().equals(USERAUTH)) {
      throw new SshViolation(
          DisconnectReason.SERVICE_NOT_AVAILABLE,
          "service: the peer asked for " + message.service());
    }
  }

  /** Before the first keys: nothing. */
  record AwaitKeys() implements Layer {
    @Override
    public Layer on(int number, ByteBuf in) {
      throw unexpected(number, this);
    }
  }

  /** A client has asked for the login. */
  record AwaitServiceAccept(Supplier<Layer> granted) implements Layer {
    @Override
    public Layer on(int number, ByteBuf in) {
      if (number != ServiceAccept.NUMBER) {
        throw unexpected(number, this);
      }
      ServiceAccept message = ServiceAccept.decode(in);
      if (!message.service().equals(USERAUTH)) {
        throw SshViolation.protocol("service: SERVICE_ACCEPT for " + message.service());
      }
      return granted.get();
    }
  }

  /** A server waits for the client to ask for the login. */
  record AwaitServiceRequest(Supplier<Layer> wanted) implements Layer {
    @Override
    public Layer on(int number, ByteBuf in) {
      if (number != ServiceRequest.NUMBER) {
        throw unexpected(number, this);
      }
      requireUserauth(in);
      return wanted.get();
    }
  }

  /** A client logs in. */
  record ClientLoginLayer(ClientLogin login, Supplier<Layer> done) implements Layer {
    @Override
    public Layer on(int number, ByteBuf in) {
      if (number < 50 || number > 79) {
        throw unexpected(number, this);
      }
      login.on(number, in);
      return login.isDone() ? done.get() : this;
    }
  }

  /**
   * A server lets a client in.
   *
   * @param accept answers a client that asks for the login again, as Paramiko does at each attempt
   */
  record ServerLoginLayer(ServerLogin login, Runnable accept) implements Layer {
    @Override
    public Layer on(int number, ByteBuf in) {
      if (number == ServiceRequest.NUMBER) {
        requireUserauth(in);
        accept.run();
        return this;
      }
      if (number < 50 || number > 79) {
        throw unexpected(number, this);
      }
      login.on(number, in);
      return this;
    }

    @Override
    public boolean isBusy() {
      return login.isBusy();
    }

    @Override
    public void tick(long nowNanos) {
      login.tick();
    }

    @Override
    public long deadlineNanos() {
      return login.deadlineNanos();
    }
  }
}
