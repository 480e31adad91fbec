package dev.sluice.ssh.core;

import dev.sluice.ssh.Keepalive;
import dev.sluice.ssh.WindowLimits;
import dev.sluice.ssh.auth.ClientMethod;
import dev.sluice.ssh.auth.LoginPolicy;
import dev.sluice.ssh.channel.ChannelPolicy;
import java.util.List;

/** What a core does above the transport. */
public sealed interface Services {
  ChannelPolicy channels();

  WindowLimits windows();

  Keepalive keepalive();

  /** Logs in and opens channels. */
  record Client(
      String user,
      List<ClientMethod> methods,
      ChannelPolicy channels,
      WindowLimits windows,
      Keepalive keepalive)
      implements Services {
    public Client {
      methods = List.copyOf(methods);
    }
  }

  /** Lets clients in and serves their channels. */
  record Server(
      LoginPolicy login, ChannelPolicy channels, WindowLimits windows, Keepalive keepalive)
      implements Services {}
}
