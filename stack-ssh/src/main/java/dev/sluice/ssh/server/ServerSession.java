package dev.sluice.ssh.server;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.Failures;
import dev.sluice.api.RawName;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.LoginAttempt;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.ssh.SshServerSettings;
import dev.sluice.ssh.SshService;
import dev.sluice.ssh.auth.LoginEvent;
import dev.sluice.ssh.channel.Replies;
import dev.sluice.ssh.core.SshEvent;
import dev.sluice.ssh.io.ChannelLink;
import dev.sluice.ssh.io.SshLink;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.message.RequestType;
import dev.sluice.transport.door.Doorway;
import dev.sluice.transport.door.LoginPenalties;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.function.Tuples;

/** One connection of a client: lets it in and starts what it asks for. On the event loop. */
final class ServerSession implements SshLink.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSession.class);

  private static final String BANNED = "Too many failed logins from your address; try again later";

  private final SshServerSettings settings;
  private final LoginPenalties penalties;
  private final Doorway doorway;
  private final Supplier<SshLink> link;
  private final Map<Long, SshLink> open;
  private final Map<ChannelLink, Map<String, String>> environments = new HashMap<>();
  private @Nullable Identity identity;
  private Optional<ForcedCommand> forced = Optional.empty();
  private String client = "";
  private Doorway.@Nullable Place place;
  private @Nullable SessionRef ref;

  ServerSession(
      SshServerSettings settings,
      LoginPenalties penalties,
      Doorway doorway,
      Supplier<SshLink> link,
      Map<Long, SshLink> open) {
    this.settings = settings;
    this.penalties = penalties;
    this.doorway = doorway;
    this.link = link;
    this.open = open;
  }

  @Override
  public void onEvent(SshEvent event) {
    if (event instanceof SshEvent.Login login) {
      onLogin(login.what());
    } else if (event instanceof SshEvent.Identified identified) {
      client = identified.line();
    } else if (event instanceof SshEvent.Ready) {
      place().loggedIn();
    }
  }

  @Override
  public boolean onOpened() {
    SessionRef session =
        SessionRef.of(SessionRef.Role.SERVER, settings.services().protocol(), from());
    ref = session;
    tell(new SessionEvent.Connected(session));
    Optional<String> refusal = penalties.ban(address()).map(ban -> BANNED);
    if (refusal.isEmpty()) {
      SshLink entering = link.get();
      Doorway.Place entered = doorway.enter(address(), () -> makeWay(entering));
      place = entered;
      refusal = entered.refusal();
    }
    if (refusal.isPresent()) {
      tell(new SessionEvent.TurnedAway(session, refusal.get()));
      tell(new SessionEvent.Closed(session, Outcome.COMPLETE, refusal.get()));
      return false;
    }
    open.put(ref().id(), link.get());
    return true;
  }

  @Override
  public Scheduler workers() {
    return settings.transport().scheduler();
  }

  @Override
  public void onRequest(ChannelLink channel, RequestType asked, Replies.Slot answer) {
    if (asked instanceof RequestType.Env variable) {
      boolean allowed = settings.services().environment().contains(variable.name());
      if (allowed) {
        environments
            .computeIfAbsent(channel, any -> new HashMap<>())
            .put(variable.name(), variable.value());
      }
      answer.answer(allowed);
      return;
    }
    RequestType what = forced.map(ForcedCommand::asRequest).orElse(asked);
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
    ServedCall.Caller caller = new ServedCall.Caller(ref(), user, from(), client);
    new ServedCall(caller, channel, command, environment == null ? Map.of() : environment)
        .serve(service);
  }

  @Override
  public void onClosed(@Nullable Throwable cause) {
    open.remove(ref().id());
    place().leave();
    String reason = cause == null ? "ended" : RawName.escape(String.valueOf(cause.getMessage()));
    LOG.debug("session {} ended: {}", ref().id(), reason);
    Outcome outcome = cause == null ? Outcome.COMPLETE : Outcome.failed(cause);
    tell(new SessionEvent.Closed(ref(), outcome, reason));
  }

  private void onLogin(LoginEvent event) {
    if (event instanceof LoginEvent.PasswordShown shown) {
      decide(shown);
    } else if (event instanceof LoginEvent.KeyShown shown) {
      SshPublicKey key = shown.key();
      decide(
          new LoginAttempt.PublicKey(
              shown.user(), key.type(), key.blob(), key.fingerprint(), shown.proven(), from()));
    } else if (event instanceof LoginEvent.LoggedIn in) {
      penalties.succeeded(in.user(), address());
      ref = ref().withUser(RawName.escape(in.user()));
      tell(new SessionEvent.LoggedIn(ref()));
    } else if (event instanceof LoginEvent.LoginRefused refused) {
      failed(refused.user());
    }
  }

  private void failed(String user) {
    tell(new SessionEvent.LoginRefused(ref(), RawName.escape(user)));
    penalties
        .failed(user, address())
        .ifPresent(
            ban -> tell(new SessionEvent.Banned(ref(), RawName.escape(ban.whom()), ban.left())));
  }

  /** Another connection already has the place; see {@link Doorway}. */
  private static void makeWay(SshLink link) {
    Mono<Void> goodbye = link.disconnect("you have not logged in, and others wait");
    link.scheduler().schedule(goodbye::subscribe); // never fails
  }

  private Doorway.Place place() {
    return Objects.requireNonNull(place, "a connection that was refused says nothing");
  }

  private LoginAttempt passwordAttempt(LoginEvent.PasswordShown shown) {
    return new LoginAttempt.Password(shown.user(), shown.password(), from());
  }

  private void decide(LoginAttempt attempt) {
    authenticated(attempt).subscribe(user -> accept(attempt, user), this::refuse);
  }

  private void decide(LoginEvent.PasswordShown shown) {
    LoginAttempt attempt = passwordAttempt(shown);
    PasswordStep step = new PasswordStep(settings.authentication().expiry());
    authenticated(attempt)
        .flatMap(
            user -> step.after(user, shown.replacement()).map(prompt -> Tuples.of(user, prompt)))
        .subscribe(
            outcome ->
                outcome
                    .getT2()
                    .ifPresentOrElse(this::demand, () -> accept(attempt, outcome.getT1())),
            this::refuse);
  }

  private Mono<Identity> authenticated(LoginAttempt attempt) {
    boolean guessing = attempt instanceof LoginAttempt.Password;
    if (attempt instanceof LoginAttempt.Password shown && !shown.isPlausible()) {
      return Mono.error(new AuthenticationFailed("no password of this length is right"));
    }
    if (penalties.ban(address()).isPresent()
        || guessing && penalties.ban(attempt.user(), address()).isPresent()) {
      return Mono.error(new AuthenticationFailed("banned")); // looks as any refusal does
    }
    return settings
        .users()
        .authenticate(attempt)
        .contextWrite(ref().inContext())
        .switchIfEmpty(Mono.error(() -> new AuthenticationFailed("nobody said yes")));
  }

  private void demand(String prompt) {
    link.get().submit(core -> core.demandNewPassword(prompt));
  }

  private void accept(LoginAttempt attempt, Identity user) {
    link.get()
        .submit(
            core -> {
              boolean only = attempt instanceof LoginAttempt.PublicKey key && !key.proven();
              Identity before = identity;
              Optional<ForcedCommand> command = ForcedCommand.of(attempt);
              boolean fresh = before == null || core.serverLoginIsFresh();
              boolean same =
                  before == null || fresh || before.name().equals(user.name()) && agrees(command);
              if (!only && same) {
                identity = user;
                forced = fresh || forced.isEmpty() ? command : forced;
              }
              core.decide(same);
            });
  }

  /** Two steps of one login may not force different commands. */
  private boolean agrees(Optional<ForcedCommand> command) {
    return command.isEmpty() || forced.isEmpty() || command.equals(forced);
  }

  private void refuse(Throwable failure) {
    if (!(failure instanceof AuthenticationFailed)) {
      LOG.error("session {}: a login cannot be decided: {}", ref().id(), Failures.line(failure));
    }
    link.get().submit(core -> core.decide(false));
  }

  private @Nullable SshService service(RequestType what) {
    if (what instanceof RequestType.Subsystem subsystem) {
      return settings.services().subsystems().get(subsystem.name());
    }
    return what instanceof RequestType.Exec ? settings.services().exec() : null;
  }

  private static String command(RequestType what) {
    if (what instanceof RequestType.Subsystem subsystem) {
      return subsystem.name();
    }
    return what instanceof RequestType.Exec exec ? exec.command() : "";
  }

  private SessionRef ref() {
    return Objects.requireNonNull(ref, "nothing happens before a connection is opened");
  }

  private InetSocketAddress from() {
    return link.get().remote();
  }

  private InetAddress address() {
    return from().getAddress();
  }

  private void tell(SessionEvent event) {
    settings.observer().onEvent(event);
  }
}
