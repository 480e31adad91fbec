package dev.sluice.ftp.core;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.TransferException;
import dev.sluice.ftp.Credentials;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.Secret;
import dev.sluice.ftp.command.Text;
import dev.sluice.ftp.command.Verb;
import java.util.function.Consumer;

/**
 * The login sequence (RFC 959 section 5.4, RFC 2228 section 4): USER, then what the server asks
 * for. Given a reply, a state returns the next state; the command to send goes through {@code out}.
 * A refusal is thrown as {@link AuthenticationFailed}.
 */
public sealed interface LoginFlow {

  /** Sends USER. */
  static LoginFlow start(Credentials who, Consumer<FtpCommand> out) {
    out.accept(new Text(Verb.USER, who.user()));
    return new AwaitUserReply(who);
  }

  LoginFlow on(FtpReply reply, Consumer<FtpCommand> out);

  /** After USER. */
  record AwaitUserReply(Credentials who) implements LoginFlow {
    @Override
    public LoginFlow on(FtpReply reply, Consumer<FtpCommand> out) {
      switch (reply.code()) {
        case 230, 232 -> {
          return new LoggedIn(reply);
        }
        case 332 -> {
          return sendAccount(who, reply, out);
        }
        case 336 -> {
          return sendPassword(who, reply.text(), out);
        }
        default -> {
          if (reply.isIntermediate()) {
            return sendPassword(who, "", out);
          }
          throw refusal(reply, "USER " + who.user());
        }
      }
    }
  }

  /** After PASS. */
  record AwaitPassReply(Credentials who) implements LoginFlow {
    @Override
    public LoginFlow on(FtpReply reply, Consumer<FtpCommand> out) {
      if (reply.isCompletion()) {
        return new LoggedIn(reply);
      }
      if (reply.code() == 332) {
        return sendAccount(who, reply, out);
      }
      throw refusal(reply, "PASS **** of " + who.user());
    }
  }

  /** After ACCT. */
  record AwaitAcctReply(Credentials who) implements LoginFlow {
    @Override
    public LoginFlow on(FtpReply reply, Consumer<FtpCommand> out) {
      if (reply.isCompletion()) {
        return new LoggedIn(reply);
      }
      throw refusal(reply, "ACCT **** of " + who.user());
    }
  }

  /** The server let us in, with these words. */
  record LoggedIn(FtpReply reply) implements LoginFlow {
    @Override
    public LoginFlow on(FtpReply surplus, Consumer<FtpCommand> out) {
      throw new PeerMisbehaved("a reply behind the end of the login: " + surplus.describe());
    }
  }

  private static LoginFlow sendPassword(
      Credentials who, String challenge, Consumer<FtpCommand> out) {
    out.accept(new Secret(Verb.PASS, who.password().apply(challenge)));
    return new AwaitPassReply(who);
  }

  private static LoginFlow sendAccount(Credentials who, FtpReply reply, Consumer<FtpCommand> out) {
    String account = who.account();
    if (account == null) {
      throw new AuthenticationFailed(
          "the server wants an account besides the password, and none was given: "
              + reply.describe());
    }
    out.accept(new Secret(Verb.ACCT, account));
    return new AwaitAcctReply(who);
  }

  private static TransferException refusal(FtpReply reply, String command) {
    if (reply.isNegative()) {
      return new AuthenticationFailed(command + " was answered " + reply.describe());
    }
    return new PeerMisbehaved(command + " was answered out of order: " + reply.describe());
  }
}
