package dev.sluice.ssh.auth;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.ssh.auth.ServerLoginState.AwaitAnswer;
import dev.sluice.ssh.auth.ServerLoginState.AwaitNewPassword;
import dev.sluice.ssh.auth.ServerLoginState.AwaitRequest;
import dev.sluice.ssh.auth.ServerLoginState.Deciding;
import dev.sluice.ssh.auth.ServerLoginState.LoggedIn;
import dev.sluice.ssh.auth.ServerLoginState.Refusing;
import dev.sluice.ssh.message.AuthMessage;
import dev.sluice.ssh.message.AuthMethod;
import dev.sluice.ssh.message.UserAuthRequest;
import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a login (RFC 4252), one request at a time. Whatever is wrong with a request,
 * the refusal looks the same to the client and takes the same time.
 */
public final class ServerLogin {
  private static final int MOST_REQUESTS = 1024;
  private static final List<AuthMessage.InfoRequest.Prompt> NEW_PASSWORD =
      List.of(
          new AuthMessage.InfoRequest.Prompt("New password: ", false),
          new AuthMessage.InfoRequest.Prompt("New password again: ", false));

  private final LoginPolicy policy;
  private final LoginContext context;
  private final List<String> done = new ArrayList<>();
  private final List<String> keysUsed = new ArrayList<>();
  private ServerLoginState state = new AwaitRequest();
  private String user = "";
  private boolean askedMethods;
  private int requests;
  private int failures;
  private long requestedAt;

  public ServerLogin(LoginPolicy policy, LoginContext context) {
    this.policy = policy;
    this.context = context;
    if (!policy.banner().isEmpty()) {
      context.send(new AuthMessage.Banner(policy.banner()));
    }
  }

  /** Takes a message of number 50 to 79. */
  public void on(int number, ByteBuf in) {
    state = state.on(number, in, this);
  }

  public boolean isDone() {
    return state instanceof LoggedIn;
  }

  /** Whether the client's next message must wait for work that is under way. */
  public boolean isBusy() {
    return state instanceof Deciding || state instanceof Refusing;
  }

  /** Whether no step has been done yet. */
  public boolean isFresh() {
    return done.isEmpty();
  }

  public String user() {
    return user;
  }

  /** Accepts what was shown: the user is let in, or is one step closer. */
  public void accept() {
    state = deciding().accepted(this);
  }

  /** Refuses what was shown: it does not let the user in. */
  public void refuse() {
    state = refused(deciding().method());
  }

  /**
   * The password that was shown is right, but must be changed before it lets the user in.
   *
   * @param prompt for the user
   */
  public void expired(String prompt) {
    state = deciding().expired(this, prompt);
  }

  /** Sends a refusal that is due. */
  public void tick() {
    if (state instanceof Refusing refusing && context.nowNanos() - refusing.atNanos() >= 0) {
      context.send(refusing.failure());
      state = new AwaitRequest();
    }
  }

  /** When {@link #tick} has something to do; {@link Long#MAX_VALUE} = never. */
  public long deadlineNanos() {
    return state instanceof Refusing refusing ? refusing.atNanos() : Long.MAX_VALUE;
  }

  ServerLoginState requested(UserAuthRequest request) {
    countRequest();
    if (!request.service().equals(ClientLogin.SERVICE)) {
      throw new SshViolation(
          DisconnectReason.SERVICE_NOT_AVAILABLE, "login: for a service other than ssh-connection");
    }
    requestedAt = context.nowNanos();
    if (!request.user().equals(user)) {
      user = request.user();
      done.clear();
      keysUsed.clear();
    }
    AuthMethod method = request.method();
    if (method instanceof AuthMethod.None) {
      return methodsAsked();
    }
    boolean offered = policy.next(done).contains(plainName(method));
    if (!offered || user.chars().anyMatch(Character::isISOControl)) {
      return refused(method.name());
    }
    if (method instanceof AuthMethod.Password password) {
      return passwordShown(method.name(), password.password(), password.replacement());
    }
    if (method instanceof AuthMethod.PublicKey) {
      return new KeyProof(policy, context, this, request).start();
    }
    context.send(
        new AuthMessage.InfoRequest(
            "", "", List.of(new AuthMessage.InfoRequest.Prompt("Password: ", false))));
    return new AwaitAnswer();
  }

  ServerLoginState answered(AuthMessage.InfoResponse response) {
    requestedAt = context.nowNanos();
    String method = AuthMethod.KeyboardInteractive.NAME;
    return response.answers().size() == 1
        ? passwordShown(method, response.answers().get(0), null)
        : refused(method);
  }

  /** The answers to {@link #newPasswordWanted}. */
  ServerLoginState newPasswordAnswered(String password, AuthMessage.InfoResponse response) {
    requestedAt = context.nowNanos();
    countRequest();
    String method = AuthMethod.KeyboardInteractive.NAME;
    List<String> answers = response.answers();
    if (answers.size() != NEW_PASSWORD.size()) {
      return refused(method);
    }
    return answers.get(0).equals(answers.get(1))
        ? passwordShown(method, password, answers.get(0))
        : newPasswordWanted(password, "The two are not the same.");
  }

  ServerLoginState stepDone(String method) {
    done.add(method);
    if (policy.isEnough(done)) {
      context.emit(new LoginEvent.LoggedIn(user, method));
      context.send(new AuthMessage.Success());
      return new LoggedIn();
    }
    context.emit(new LoginEvent.StepDone(method));
    context.send(new AuthMessage.Failure(policy.next(done), true));
    return new AwaitRequest();
  }

  ServerLoginState refused(String method) {
    failures++;
    context.emit(new LoginEvent.LoginRefused(user, method));
    if (failures >= policy.failures()) {
      throw new AuthenticationFailed("login: " + failures + " attempts have failed");
    }
    return new Refusing(failure(), requestedAt + policy.refusalTime().toNanos());
  }

  /** Whether this key has not been used for an earlier step. */
  boolean isNew(String fingerprint) {
    return !keysUsed.contains(fingerprint);
  }

  void used(String fingerprint) {
    keysUsed.add(fingerprint);
  }

  /** Continues in {@code next} after work done elsewhere. */
  void resume(ServerLoginState next) {
    state = next;
  }

  private ServerLoginState methodsAsked() {
    if (askedMethods) {
      return refused(AuthMethod.None.NAME);
    }
    askedMethods = true;
    context.send(failure());
    return new AwaitRequest();
  }

  private ServerLoginState passwordShown(
      String method, String password, @Nullable String replacement) {
    context.emit(new LoginEvent.PasswordShown(user, password, replacement));
    return new Deciding(
        method,
        login -> login.stepDone(method),
        (login, prompt) ->
            method.equals(AuthMethod.Password.NAME)
                ? changeWanted(prompt)
                : newPasswordWanted(password, prompt));
  }

  private ServerLoginState changeWanted(String prompt) {
    context.send(new AuthMessage.PasswordChangeRequest(prompt));
    return new AwaitRequest();
  }

  private ServerLoginState newPasswordWanted(String password, String prompt) {
    context.send(new AuthMessage.InfoRequest("", prompt, NEW_PASSWORD));
    return new AwaitNewPassword(password);
  }

  private void countRequest() {
    if (++requests > MOST_REQUESTS) {
      throw new AuthenticationFailed("login: more than " + MOST_REQUESTS + " requests");
    }
  }

  private AuthMessage.Failure failure() {
    return new AuthMessage.Failure(policy.next(done), false);
  }

  private Deciding deciding() {
    if (!(state instanceof Deciding deciding)) {
      throw new IllegalStateException("there is nothing to decide");
    }
    return deciding;
  }

  private static String plainName(AuthMethod method) {
    return method instanceof AuthMethod.PublicKey ? AuthMethod.PublicKey.NAME : method.name();
  }
}
