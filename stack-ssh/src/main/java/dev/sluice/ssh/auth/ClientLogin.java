package dev.sluice.ssh.auth;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.RawName;
import dev.sluice.api.TransferException;
import dev.sluice.ssh.auth.ClientLoginState.AwaitAnswers;
import dev.sluice.ssh.auth.ClientLoginState.AwaitKeyWanted;
import dev.sluice.ssh.auth.ClientLoginState.AwaitNewPassword;
import dev.sluice.ssh.auth.ClientLoginState.AwaitPasswordVerdict;
import dev.sluice.ssh.auth.ClientLoginState.AwaitQuestions;
import dev.sluice.ssh.auth.ClientLoginState.AwaitVerdict;
import dev.sluice.ssh.auth.ClientLoginState.LoggedIn;
import dev.sluice.ssh.auth.ClientLoginState.Signing;
import dev.sluice.ssh.auth.ClientMethod.WithKey;
import dev.sluice.ssh.auth.ClientMethod.WithPassword;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.message.AuthMessage;
import dev.sluice.ssh.message.AuthMethod;
import dev.sluice.ssh.message.UserAuthRequest;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of a login (RFC 4252). It asks which methods the server accepts, then tries its
 * own in the given order, each once. A server may require several.
 */
public final class ClientLogin {
  /** The service that a login leads to. */
  public static final String SERVICE = "ssh-connection";

  private static final int MAX_BANNERS = 64;

  private final String user;
  private final LoginContext context;
  private final List<ClientMethod> untried;
  private final List<String> tried = new ArrayList<>();
  private List<SignatureAlgorithm> otherAlgorithms = List.of();
  private @Nullable WithKey currentKey;
  private ClientLoginState state;
  private List<String> goesOn = List.of();
  private int banners;

  private ClientLogin(String user, List<ClientMethod> methods, LoginContext context) {
    this.user = user;
    this.context = context;
    this.untried = new ArrayList<>(methods);
    this.state = request(new AuthMethod.None(), new AwaitVerdict(AuthMethod.None.NAME));
  }

  /** Sends the first request. */
  public static ClientLogin start(String user, List<ClientMethod> methods, LoginContext context) {
    return new ClientLogin(user, methods, context);
  }

  /** Takes a message of number 50 to 79. */
  public void on(int number, ByteBuf in) {
    state = state.on(number, in, this);
  }

  public boolean isDone() {
    return state instanceof LoggedIn;
  }

  /** Whether the user has to do something, which may take a long time. */
  public boolean waitsForUser() {
    return state instanceof AwaitAnswers || state instanceof AwaitNewPassword;
  }

  /** The user's answers to {@link LoginEvent.AnswersWanted}. */
  public void answer(List<String> answers) {
    if (!(state instanceof AwaitAnswers awaited) || awaited.count() != answers.size()) {
      throw new IllegalArgumentException(answers.size() + " answers were not asked for");
    }
    context.send(new AuthMessage.InfoResponse(answers));
    state = new AwaitQuestions();
  }

  /** The user's answer to {@link LoginEvent.NewPasswordWanted}. */
  public void changePassword(String newPassword) {
    if (!(state instanceof AwaitNewPassword awaited)) {
      throw new IllegalStateException("no new password was asked for");
    }
    state =
        request(
            new AuthMethod.Password(awaited.expired().password(), newPassword),
            new AwaitPasswordVerdict(awaited.expired())); // still the old one if asked again
  }

  void emit(LoginEvent event) {
    if (event instanceof LoginEvent.BannerShown && ++banners > MAX_BANNERS) {
      throw SshViolation.protocol("login: more than " + MAX_BANNERS + " banners");
    }
    context.emit(event);
  }

  ClientLoginState succeeded(String method) {
    context.emit(new LoginEvent.LoggedIn(user, method));
    return new LoggedIn();
  }

  ClientLoginState refused(String method, AuthMessage.Failure failure) {
    goesOn = failure.methods();
    if (failure.partialSuccess()) {
      otherAlgorithms = List.of();
      context.emit(new LoginEvent.StepDone(method));
    } else if (currentKey != null && !otherAlgorithms.isEmpty()) {
      return query(currentKey, otherAlgorithms);
    }
    currentKey = null;
    for (ClientMethod candidate : untried) {
      if (failure.methods().contains(candidate.name())) {
        untried.remove(candidate);
        return attempt(candidate, failure);
      }
    }
    throw new AuthenticationFailed(
        "login refused for '"
            + RawName.escape(user)
            + "'; tried: "
            + (tried.isEmpty() ? "nothing" : String.join(", ", tried))
            + "; the server goes on with "
            + goesOn);
  }

  ClientLoginState asked(AuthMessage.InfoRequest questions) {
    if (questions.prompts().isEmpty()) {
      context.send(new AuthMessage.InfoResponse(List.of()));
      return new AwaitQuestions();
    }
    context.emit(new LoginEvent.AnswersWanted(questions));
    return new AwaitAnswers(questions.prompts().size());
  }

  ClientLoginState sign(WithKey key, SignatureAlgorithm algorithm) {
    AuthMethod.PublicKey unsigned = method(key, algorithm);
    UserAuthRequest request = new UserAuthRequest(user, SERVICE, unsigned);
    byte[] data = request.signedData(context.sessionId(), unsigned);
    context.offload(
        () -> signature(key, algorithm, data),
        signature ->
            state =
                signature.isPresent()
                    ? request(unsigned.signed(signature.get()), new AwaitVerdict(key.name()))
                    : notSigned(key));
    return new Signing();
  }

  /**
   * A signer that fails, such as an agent that is gone, must not keep the others from being tried.
   */
  private static Optional<byte[]> signature(
      WithKey key, SignatureAlgorithm algorithm, byte[] data) {
    try {
      return Optional.of(key.signer().sign(algorithm, data));
    } catch (TransferException e) {
      return Optional.empty();
    }
  }

  private ClientLoginState notSigned(WithKey key) {
    tried.add(key + " (it could not sign)");
    otherAlgorithms = List.of();
    return refused(key.name(), new AuthMessage.Failure(goesOn, false));
  }

  private ClientLoginState attempt(ClientMethod method, AuthMessage.Failure last) {
    if (method instanceof WithKey key) {
      List<SignatureAlgorithm> usable = usable(key);
      if (usable.isEmpty()) {
        tried.add(key + " (the server takes none of its signature algorithms)");
        return refused(key.name(), new AuthMessage.Failure(last.methods(), false));
      }
      tried.add(key.toString());
      return query(key, usable);
    }
    tried.add(method.toString());
    if (method instanceof WithPassword password) {
      return request(
          new AuthMethod.Password(password.password(), null), new AwaitPasswordVerdict(password));
    }
    return request(new AuthMethod.KeyboardInteractive(""), new AwaitQuestions());
  }

  private ClientLoginState query(WithKey key, List<SignatureAlgorithm> algorithms) {
    SignatureAlgorithm algorithm = algorithms.get(0);
    currentKey = key;
    otherAlgorithms = algorithms.subList(1, algorithms.size());
    return request(method(key, algorithm), new AwaitKeyWanted(key, algorithm));
  }

  /**
   * If the server says what it accepts, the first of those; else one after the other. OpenSSH does
   * not list certificates there, only the signature algorithms that prove them.
   */
  private List<SignatureAlgorithm> usable(WithKey key) {
    List<String> taken = context.serverSignatureAlgorithms();
    if (taken == null) {
      return key.algorithms();
    }
    return key.algorithms().stream()
        .filter(it -> taken.contains(it.name()) || taken.contains(it.signatureName()))
        .limit(1)
        .toList();
  }

  private AuthMethod.PublicKey method(WithKey key, SignatureAlgorithm algorithm) {
    byte[] hostKey = context.serverTakesHostBound() ? context.hostKey().blob() : null;
    return new AuthMethod.PublicKey(
        algorithm.name(), key.signer().publicKey().blob(), hostKey, null);
  }

  private ClientLoginState request(AuthMethod method, ClientLoginState next) {
    context.send(new UserAuthRequest(user, SERVICE, method));
    return next;
  }
}
