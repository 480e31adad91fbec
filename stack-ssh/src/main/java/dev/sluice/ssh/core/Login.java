package dev.sluice.ssh.core;

import dev.sluice.ssh.auth.ClientLogin;
import dev.sluice.ssh.auth.ServerLogin;
import dev.sluice.ssh.channel.ChannelTable;
import dev.sluice.ssh.channel.RoundTrip;
import dev.sluice.ssh.core.ServiceLayers.AwaitServiceAccept;
import dev.sluice.ssh.core.ServiceLayers.AwaitServiceRequest;
import dev.sluice.ssh.core.ServiceLayers.ClientLoginLayer;
import dev.sluice.ssh.core.ServiceLayers.ServerLoginLayer;
import dev.sluice.ssh.message.TransportMessage.ServiceAccept;
import dev.sluice.ssh.message.TransportMessage.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** Brings a connection from its first keys to its channels, on either side. */
final class Login {
  private final Services services;
  private final Inside inside;
  private final Outgoing out;
  private @Nullable ClientLogin client;
  private @Nullable ServerLogin server;

  Login(Services services, Inside inside, Outgoing out) {
    this.services = services;
    this.inside = inside;
    this.out = out;
  }

  /** The first layer after the keys. */
  Layer begin() {
    if (services instanceof Services.Client forClient) {
      long askedAt = inside.nowNanos();
      out.send(new ServiceRequest(ServiceLayers.USERAUTH));
      return new AwaitServiceAccept(
          () -> {
            inside.sampleRoundTrip(askedAt);
            ClientLogin login = ClientLogin.start(forClient.user(), forClient.methods(), inside);
            client = login;
            return new ClientLoginLayer(login, inside::connect);
          });
    }
    Services.Server forServer = (Services.Server) services;
    return new AwaitServiceRequest(
        () -> {
          Runnable accept = () -> out.send(new ServiceAccept(ServiceLayers.USERAUTH));
          accept.run();
          ServerLogin login = new ServerLogin(forServer.login(), inside);
          server = login;
          return new ServerLoginLayer(login, accept);
        });
  }

  /** The layer after a decision of a server. */
  Layer next(Layer present) {
    return server().isDone() ? inside.connect() : present;
  }

  /** Whether the login waits for a person to do something. */
  boolean waitsForUser() {
    return client != null && client.waitsForUser();
  }

  Connection connection(TransportSettings settings, RoundTrip roundTrip, KeepaliveWatch keepalive) {
    ChannelTable channels =
        new ChannelTable(
            services.channels(),
            services.windows(),
            roundTrip,
            out,
            event -> inside.emit(new SshEvent.OnChannel(event)));
    HostKeyProofs proofs = new HostKeyProofs(settings.hostKeys(), inside);
    Connection connection = new Connection(settings.role(), channels, out, proofs, keepalive);
    if (!settings.role().isClient()) {
      proofs.announce(connection.requests());
    }
    return connection;
  }

  ClientLogin client() {
    if (client == null) {
      throw new IllegalStateException("no login has begun");
    }
    return client;
  }

  ServerLogin server() {
    if (server == null) {
      throw new IllegalStateException("no login has begun");
    }
    return server;
  }
}
