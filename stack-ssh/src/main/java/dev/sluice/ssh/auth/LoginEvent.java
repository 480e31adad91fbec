package dev.sluice.ssh.auth;

import dev.sluice.api.RawName;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.message.AuthMessage;
import org.jspecify.annotations.Nullable;

/** What happened during a login. */
public sealed interface LoginEvent {

  /** The server wants the user to read this, which is safe to show. */
  record BannerShown(String text) implements LoginEvent {}

  /** The server asks the user; {@link ClientLogin#answer} continues the login. */
  record AnswersWanted(AuthMessage.InfoRequest questions) implements LoginEvent {}

  /** The password has expired; {@link ClientLogin#changePassword} continues the login. */
  record NewPasswordWanted(String prompt) implements LoginEvent {}

  /** The server accepted {@code method} and wants more. */
  record StepDone(String method) implements LoginEvent {}

  /** The user is logged in. */
  record LoggedIn(String user, String method) implements LoginEvent {}

  /**
   * A client shows a password; {@link ServerLogin#accept}, {@code refuse} or {@code expired}
   * continues the login.
   *
   * @param replacement the password that is to replace it; null = none
   */
  record PasswordShown(String user, String password, @Nullable String replacement)
      implements LoginEvent {
    @Override
    public String toString() {
      return "PasswordShown[user=" + RawName.escape(user) + "]";
    }
  }

  /**
   * A client shows a public key; {@link ServerLogin#accept} or {@code refuse} continues the login.
   *
   * @param proven whether the client has proved that it holds the private key
   */
  record KeyShown(String user, SshPublicKey key, boolean proven) implements LoginEvent {}

  /** A login was refused, for any reason. */
  record LoginRefused(String user, String method) implements LoginEvent {}
}
