package dev.sluice.ssh.server;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.ssh.PasswordExpiry;
import dev.sluice.ssh.SshServerOptions;
import dev.sluice.ssh.SshService;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.transport.door.StaticUsers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An SSH server (RFC 4250 to 4254). Immutable: every setting answers a new value. It runs nothing
 * but what it was given: no shell, no forwarding.
 */
public final class SshServer {
  private final ServerSetup setup;

  private SshServer(ServerSetup setup) {
    this.setup = setup;
  }

  /** A server on port 22 of every address, with no keys, no users and no services. */
  public static SshServer create() {
    return new SshServer(
        new ServerSetup(
            "",
            SshClient.DEFAULT_PORT,
            List.of(),
            StaticUsers.none(),
            Map.of(),
            null,
            SshServerOptions.DEFAULT,
            SessionObserver.NONE,
            PasswordExpiry.NEVER));
  }

  /** Listens on one address only; empty = on all, IPv4 and IPv6. */
  public SshServer host(String address) {
    return new SshServer(setup.withAddress(address, setup.port()));
  }

  /** Listens on this port; 0 = a free one. */
  public SshServer port(int number) {
    return new SshServer(setup.withAddress(setup.host(), number));
  }

  /** Adds a key that proves the host; clients choose among the types. */
  public SshServer hostKey(SshKeyPair another) {
    List<SshKeyPair> keys = new ArrayList<>(setup.hostKeys());
    keys.add(another);
    return new SshServer(setup.withHostKeys(keys));
  }

  /** Who may log in. */
  public SshServer users(Authenticator who) {
    return new SshServer(setup.withUsers(who));
  }

  /** Which passwords have to be changed at the login. */
  public SshServer passwordExpiry(PasswordExpiry expiry) {
    return new SshServer(setup.withExpiry(expiry));
  }

  /** Serves a subsystem. */
  public SshServer subsystem(String name, SshService service) {
    Map<String, SshService> more = new HashMap<>(setup.subsystems());
    more.put(name, service);
    return new SshServer(setup.withServices(more, setup.exec()));
  }

  /** Serves commands; null = none. */
  public SshServer exec(@Nullable SshService service) {
    return new SshServer(setup.withServices(setup.subsystems(), service));
  }

  public SshServer options(UnaryOperator<SshServerOptions> change) {
    return new SshServer(setup.withOptions(change.apply(setup.options())));
  }

  /** Also tells {@code another} what happens. */
  public SshServer observer(SessionObserver another) {
    return new SshServer(setup.withObserver(setup.observer().and(another)));
  }

  /** Binds the port. Signals {@link ConnectFailed} when it cannot be had. */
  public Mono<RunningServer> bind() {
    return Mono.defer(
        () -> {
          if (setup.hostKeys().isEmpty()) {
            throw new IllegalStateException("a server needs a host key: call hostKey(...)");
          }
          return RunningServer.start(setup)
              .onErrorMap(
                  failure -> !(failure instanceof ConnectFailed),
                  failure ->
                      new ConnectFailed(
                          "cannot listen on " + setup.host() + ":" + setup.port(), failure));
        });
  }
}
