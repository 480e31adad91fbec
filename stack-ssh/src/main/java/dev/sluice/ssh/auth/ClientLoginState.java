package dev.sluice.ssh.auth;

import dev.sluice.ssh.auth.ClientMethod.WithKey;
import dev.sluice.ssh.auth.ClientMethod.WithPassword;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.message.AuthMessage;
import dev.sluice.ssh.message.AuthMethod;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The state of a client's login. The pending method reads number 60, which is refused if no pending
 * method expects it.
 */
sealed interface ClientLoginState {

  /** Takes a message of number 50 to 79 and returns the next state. */
  ClientLoginState on(int number, ByteBuf in, ClientLogin login);

  /** A request has been sent; the server accepts or refuses it. */
  record AwaitVerdict(String method) implements ClientLoginState {
    @Override
    public ClientLoginState on(int number, ByteBuf in, ClientLogin login) {
      return switch (number) {
        case AuthMessage.Failure.NUMBER -> login.refused(method, AuthMessage.Failure.decode(in));
        case AuthMessage.Success.NUMBER -> {
          AuthMessage.Success.decode(in);
          yield login.succeeded(method);
        }
        default -> other(number, in, login, this);
      };
    }
  }

  /** A password has been sent; it may have expired. */
  record AwaitPasswordVerdict(WithPassword password) implements ClientLoginState {
    @Override
    public ClientLoginState on(int number, ByteBuf in, ClientLogin login) {
      if (number == AuthMessage.METHOD_REPLY) {
        String prompt = AuthMessage.PasswordChangeRequest.decode(in).prompt();
        login.emit(new LoginEvent.NewPasswordWanted(prompt));
        return new AwaitNewPassword(password);
      }
      ClientLoginState next = new AwaitVerdict(password.name()).on(number, in, login);
      return next instanceof AwaitVerdict ? this : next;
    }
  }

  /** The user chooses a new password. */
  record AwaitNewPassword(WithPassword expired) implements ClientLoginState {
    @Override
    public ClientLoginState on(int number, ByteBuf in, ClientLogin login) {
      return other(number, in, login, this);
    }
  }

  /** A key has been sent without a signature; the server says whether it would check one. */
  record AwaitKeyWanted(WithKey key, SignatureAlgorithm algorithm) implements ClientLoginState {
    @Override
    public ClientLoginState on(int number, ByteBuf in, ClientLogin login) {
      if (number == AuthMessage.METHOD_REPLY) {
        AuthMessage.PkOk reply = AuthMessage.PkOk.decode(in);
        if (!reply.algorithm().equals(algorithm.name())
            || !Arrays.equals(reply.key(), key.signer().publicKey().blob())) {
          throw SshViolation.protocol("login: PK_OK for a key that was not offered");
        }
        return login.sign(key, algorithm);
      }
      if (number == AuthMessage.Failure.NUMBER) {
        return login.refused(key.name(), AuthMessage.Failure.decode(in));
      }
      return other(number, in, login, this);
    }
  }

  /** A signature is being made. */
  record Signing() implements ClientLoginState {
    @Override
    public ClientLoginState on(int number, ByteBuf in, ClientLogin login) {
      return other(number, in, login, this);
    }
  }

  /** The server may ask questions, several times. */
  record AwaitQuestions() implements ClientLoginState {
    @Override
    public ClientLoginState on(int number, ByteBuf in, ClientLogin login) {
      if (number == AuthMessage.METHOD_REPLY) {
        AuthMessage.InfoRequest questions = AuthMessage.InfoRequest.decode(in);
        return login.asked(questions);
      }
      ClientLoginState next =
          new AwaitVerdict(AuthMethod.KeyboardInteractive.NAME).on(number, in, login);
      return next instanceof AwaitVerdict ? this : next;
    }
  }

  /** The user answers {@code count} questions. */
  record AwaitAnswers(int count) implements ClientLoginState {
    @Override
    public ClientLoginState on(int number, ByteBuf in, ClientLogin login) {
      return other(number, in, login, this);
    }
  }

  /** The login has succeeded. */
  record LoggedIn() implements ClientLoginState {
    @Override
    public ClientLoginState on(int number, ByteBuf in, ClientLogin login) {
      throw unexpected(number, this);
    }
  }

  private static ClientLoginState other(
      int number, ByteBuf in, ClientLogin login, ClientLoginState same) {
    if (number != AuthMessage.Banner.NUMBER) {
      throw unexpected(number, same);
    }
    login.emit(new LoginEvent.BannerShown(AuthMessage.Banner.decode(in).text()));
    return same;
  }

  private static SshViolation unexpected(int number, ClientLoginState state) {
    return SshViolation.protocol(
        "login: message " + number + " in state " + state.getClass().getSimpleName());
  }
}
