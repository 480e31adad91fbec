package dev.sluice.ssh.auth;

import dev.sluice.ssh.message.AuthMessage;
import dev.sluice.ssh.message.UserAuthRequest;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The state of a login on the server; each state accepts only the message that it waits for. */
sealed interface ServerLoginState {

  /** Takes a message of number 50 to 79 and returns the next state. */
  default ServerLoginState on(int number, ByteBuf in, ServerLogin login) {
    throw SshViolation.protocol(
        "login: message " + number + " in state " + getClass().getSimpleName());
  }

  /** The client may ask to be let in. */
  record AwaitRequest() implements ServerLoginState {
    @Override
    public ServerLoginState on(int number, ByteBuf in, ServerLogin login) {
      return number == UserAuthRequest.NUMBER
          ? login.requested(UserAuthRequest.decode(in))
          : ServerLoginState.super.on(number, in, login);
    }
  }

  /** The client answers our question, or starts again and leaves it unanswered. */
  record AwaitAnswer() implements ServerLoginState {
    @Override
    public ServerLoginState on(int number, ByteBuf in, ServerLogin login) {
      return number == AuthMessage.InfoResponse.NUMBER
          ? login.answered(AuthMessage.InfoResponse.decode(in))
          : new AwaitRequest().on(number, in, login);
    }
  }

  /**
   * The client answers our request for a new password, or starts again. Secret.
   *
   * @param password the one that has expired
   */
  record AwaitNewPassword(String password) implements ServerLoginState {
    @Override
    public ServerLoginState on(int number, ByteBuf in, ServerLogin login) {
      return number == AuthMessage.InfoResponse.NUMBER
          ? login.newPasswordAnswered(password, AuthMessage.InfoResponse.decode(in))
          : new AwaitRequest().on(number, in, login);
    }

    @Override
    public String toString() {
      return "AwaitNewPassword";
    }
  }

  /**
   * A decision about what was shown is awaited.
   *
   * @param accept what follows if it is accepted
   * @param expire what follows if it must be changed first, which the prompt says to the user
   */
  record Deciding(
      String method,
      Function<ServerLogin, ServerLoginState> accept,
      BiFunction<ServerLogin, String, ServerLoginState> expire)
      implements ServerLoginState {

    /** A decision about something that never has to be changed. */
    Deciding(String method, Function<ServerLogin, ServerLoginState> accept) {
      this(
          method,
          accept,
          (login, prompt) -> {
            throw new IllegalStateException(method + " does not expire");
          });
    }

    ServerLoginState accepted(ServerLogin login) {
      return accept.apply(login);
    }

    ServerLoginState expired(ServerLogin login, String prompt) {
      return expire.apply(login, prompt);
    }
  }

  /** A signature is being checked. */
  record Checking() implements ServerLoginState {}

  /** A refusal waits until its time reveals nothing. */
  record Refusing(AuthMessage.Failure failure, long atNanos) implements ServerLoginState {}

  /** The user is in; further requests are ignored (RFC 4252 section 5.1). */
  record LoggedIn() implements ServerLoginState {
    @Override
    public ServerLoginState on(int number, ByteBuf in, ServerLogin login) {
      return number == UserAuthRequest.NUMBER ? this : ServerLoginState.super.on(number, in, login);
    }
  }
}
