package dev.sluice.ssh.server;

import dev.sluice.api.RawName;
import dev.sluice.api.error.AuthenticationFailed;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.LoginAttempt;
import dev.sluice.api.login.LoginPenalties;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.ssh.SshService;
import dev.sluice.ssh.auth.LoginEvent;
import dev.sluice.ssh.channel.Replies;
import dev.sluice.ssh.core.SshEvent;
import dev.sluice.ssh.io.ChannelLink;
import dev.sluice.ssh.io.SshLink;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.message.RequestType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** One connection of a client: lets it in and starts what it asks for. On the event loop. */
final class ServerSession implements SshLink.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSession.class);
  private static final AtomicLong IDS = new AtomicLong();

  private final long id = IDS.incrementAndGet();
  private final ServerSetup setup;
  private final LoginPenalties penalties;
  private final ConnectionCounter connections;
  private final Supplier<SshLink> link;
  private final Set<SshLink> open;
  private final Map<ChannelLink, Map<String, String>> environments = new HashMap<>();
  private @Nullable Identity identity;
  private boolean loggedIn;

  ServerSession(
      ServerSetup setup,
      LoginPenalties penalties,
      ConnectionCounter connections,
      Supplier<SshLink> link,
      Set<SshLink> open) {
    this.setup = setup;
    this.penalties = penalties;
    this.connections = connections;
    this.link = link;
    this.open = open;
  }

  @Override
  public void onEvent(SshEvent event) {
    if (event instanceof SshEvent.Login login) {
      onLogin(login.what());
    } else if (event instanceof SshEvent.Ready) {
      loggedIn = true;
      connections.loggedIn();
      penalties.succeeded(address());
    }
  }

  @Override
  public boolean onOpened() {
    if (penalties.isBanned(address()) || !connections.enter(address())) {
      return false;
    }
    open.add(link.get());
    tell(new SessionEvent.Connected(id, "ssh", from()));
    return true;
  }

  @Override
  public void onRequest(ChannelLink channel, RequestType what, Replies.Slot answer) {
    if (what instanceof RequestType.Env variable) {
      boolean allowed = setup.options().environment().contains(variable.name());
      if (allowed) {
        environments
            .computeIfAbsent(channel, any -> new HashMap<>())
            .put(variable.name(), variable.value());
      }
      answer.answer(allowed);
      return;
    }
    Map<String, String> environment = environments.remove(channel);
    SshService service = service(what);
    Identity user = identity;
    if (service == null || user == null) {
      channel.refused();
      answer.answer(false);
      return;
    }
    answer.answer(true);
    String command = command(what);
    new ServedCall(id, channel, user, from(), command, environment == null ? Map.of() : environment)
        .serve(service);
  }

  @Override
  public void onClosed(@Nullable Throwable cause) {
    open.remove(link.get());
    connections.leave(address(), loggedIn);
    String reason = cause == null ? "ended" : RawName.escape(String.valueOf(cause.getMessage()));
    LOG.debug("session {} ended: {}", id, reason);
    tell(new SessionEvent.Closed(id, reason));
  }

  private void onLogin(LoginEvent event) {
    if (event instanceof LoginEvent.PasswordShown shown) {
      decide(passwordAttempt(shown));
    } else if (event instanceof LoginEvent.KeyShown shown) {
      SshPublicKey key = shown.key();
      decide(
          new LoginAttempt.PublicKey(
              shown.user(), key.type(), key.blob(), key.fingerprint(), shown.proven(), from()));
    } else if (event instanceof LoginEvent.LoggedIn in) {
      tell(new SessionEvent.LoggedIn(id, in.user()));
    } else if (event instanceof LoginEvent.LoginRefused refused) {
      penalties.failed(address());
      tell(new SessionEvent.LoginRefused(id, RawName.escape(refused.user())));
    }
  }

  /** A password beyond the limit costs no more than one of no length (CVE-2016-6515). */
  private LoginAttempt passwordAttempt(LoginEvent.PasswordShown shown) {
    boolean tooLong = shown.password().length() > LoginAttempt.Password.MAX_PASSWORD;
    return new LoginAttempt.Password(shown.user(), tooLong ? "" : shown.password(), from());
  }

  private void decide(LoginAttempt attempt) {
    setup
        .users()
        .authenticate(attempt)
        .switchIfEmpty(Mono.error(() -> new AuthenticationFailed("nobody said yes")))
        .subscribe(user -> accept(attempt, user), failure -> refuse(failure));
  }

  private void accept(LoginAttempt attempt, Identity user) {
    link.get()
        .submit(
            core -> {
              boolean only = attempt instanceof LoginAttempt.PublicKey key && !key.proven();
              Identity before = identity;
              boolean same =
                  before == null || core.serverLoginIsFresh() || before.name().equals(user.name());
              if (!only && same) {
                identity = user;
              }
              core.decide(same);
            });
  }

  private void refuse(Throwable failure) {
    if (!(failure instanceof AuthenticationFailed)) {
      LOG.warn("session {}: the authenticator failed", id, failure);
    }
    link.get().submit(core -> core.decide(false));
  }

  private @Nullable SshService service(RequestType what) {
    if (what instanceof RequestType.Subsystem subsystem) {
      return setup.subsystems().get(subsystem.name());
    }
    return what instanceof RequestType.Exec ? setup.exec() : null;
  }

  private static String command(RequestType what) {
    if (what instanceof RequestType.Subsystem subsystem) {
      return subsystem.name();
    }
    return what instanceof RequestType.Exec exec ? exec.command() : "";
  }

  private InetSocketAddress from() {
    return link.get().remote();
  }

  private InetAddress address() {
    return from().getAddress();
  }

  private void tell(SessionEvent event) {
    setup.observer().onEvent(event);
  }
}
