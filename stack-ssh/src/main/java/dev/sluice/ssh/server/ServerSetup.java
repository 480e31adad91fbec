package dev.sluice.ssh.server;

import dev.sluice.api.login.Authenticator;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.ssh.PasswordExpiry;
import dev.sluice.ssh.SshServerOptions;
import dev.sluice.ssh.SshService;
import dev.sluice.ssh.key.SshKeyPair;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server is made of.
 *
 * @param host address to listen on; empty = every address
 * @param subsystems by name
 * @param exec serves commands; null = none are
 * @param expiry which passwords have to be changed
 */
record ServerSetup(
    String host,
    int port,
    List<SshKeyPair> hostKeys,
    Authenticator users,
    Map<String, SshService> subsystems,
    @Nullable SshService exec,
    SshServerOptions options,
    SessionObserver observer,
    PasswordExpiry expiry) {
  public ServerSetup {
    hostKeys = List.copyOf(hostKeys);
    subsystems = Map.copyOf(subsystems);
  }

  /** For events: SFTP, if that is all that is served. */
  String protocol() {
    return exec == null && subsystems.keySet().equals(Set.of("sftp")) ? "sftp" : "ssh";
  }

  public ServerSetup withAddress(String newHost, int newPort) {
    return new ServerSetup(
        newHost, newPort, hostKeys, users, subsystems, exec, options, observer, expiry);
  }

  public ServerSetup withHostKeys(List<SshKeyPair> keys) {
    return new ServerSetup(host, port, keys, users, subsystems, exec, options, observer, expiry);
  }

  public ServerSetup withUsers(Authenticator who) {
    return new ServerSetup(host, port, hostKeys, who, subsystems, exec, options, observer, expiry);
  }

  public ServerSetup withServices(Map<String, SshService> named, @Nullable SshService commands) {
    return new ServerSetup(host, port, hostKeys, users, named, commands, options, observer, expiry);
  }

  public ServerSetup withOptions(SshServerOptions newOptions) {
    return new ServerSetup(
        host, port, hostKeys, users, subsystems, exec, newOptions, observer, expiry);
  }

  public ServerSetup withObserver(SessionObserver newObserver) {
    return new ServerSetup(
        host, port, hostKeys, users, subsystems, exec, options, newObserver, expiry);
  }

  public ServerSetup withExpiry(PasswordExpiry newExpiry) {
    return new ServerSetup(
        host, port, hostKeys, users, subsystems, exec, options, observer, newExpiry);
  }
}
