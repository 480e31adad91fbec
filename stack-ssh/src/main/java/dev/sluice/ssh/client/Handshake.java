package dev.sluice.ssh.client;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.SessionClosed;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.Questions;
import dev.sluice.ssh.SshConnectionInfo;
import dev.sluice.ssh.auth.LoginEvent;
import dev.sluice.ssh.channel.Replies;
import dev.sluice.ssh.core.SshEvent;
import dev.sluice.ssh.io.ChannelLink;
import dev.sluice.ssh.io.SshLink;
import dev.sluice.ssh.key.Certificate;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.key.SignatureAlgorithms;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.message.AuthMessage.InfoRequest;
import dev.sluice.ssh.message.RequestType;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** Answers what a connection asks until it has become a session. State lives on the event loop. */
final class Handshake {
  private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);

  private final SessionOpening opening;
  private final Sinks.One<ClientSession> session = Sinks.one();
  private final StringBuilder banner = new StringBuilder();
  private String server = "";
  private String hostKey = "";
  private String algorithms = "";
  private boolean certified;
  private @Nullable SshPublicKey shownKey;
  private @Nullable Throwable refusal;

  Handshake(SessionOpening opening) {
    this.opening = opening;
  }

  Mono<ClientSession> session() {
    return session.asMono();
  }

  /** The algorithms for other types of key than the one that the host has shown. */
  List<SignatureAlgorithm> others(List<SignatureAlgorithm> algorithms) {
    SshPublicKey shown = shownKey;
    return shown == null
        ? List.of()
        : algorithms.stream().filter(each -> !isFor(each, shown)).toList();
  }

  private static boolean isFor(SignatureAlgorithm algorithm, SshPublicKey key) {
    return SignatureAlgorithms.named(algorithm.signatureName())
        .filter(plain -> plain.fits(key.plain()))
        .isPresent();
  }

  SshLink.Listener listener(Supplier<SshLink> link) {
    return new Listener(link);
  }

  private final class Listener implements SshLink.Listener {
    private final Supplier<SshLink> link;

    Listener(Supplier<SshLink> link) {
      this.link = link;
    }

    @Override
    public void onEvent(SshEvent event) {
      if (event instanceof SshEvent.Identified identified) {
        server = identified.line();
      } else if (event instanceof SshEvent.HostKeyShown shown) {
        check(shown.key());
      } else if (event instanceof SshEvent.KeysExchanged exchanged) {
        algorithms = exchanged.agreement().toString();
      } else if (event instanceof SshEvent.Login login) {
        onLogin(login.what());
      } else if (event instanceof SshEvent.HostKeysProved proved) {
        learn(proved.keys());
      } else if (event instanceof SshEvent.Ready) {
        SshConnectionInfo info =
            new SshConnectionInfo(server, hostKey, algorithms, banner.toString());
        session.tryEmitValue(
            new ClientSession(link.get(), info, opening.options().timeouts().request()));
      }
    }

    @Override
    public Scheduler workers() {
      return opening.options().transport().scheduler();
    }

    @Override
    public void onRequest(ChannelLink channel, RequestType what, Replies.Slot answer) {
      answer.answer(false);
    }

    @Override
    public void onClosed(@Nullable Throwable cause) {
      Throwable why = refusal != null ? refusal : cause;
      if (why == null) {
        session.tryEmitError(new SessionClosed("the connection ended before the login"));
      } else if (why instanceof IOException reset) {
        session.tryEmitError(
            new SessionClosed(
                "the connection ended before the login: " + reset.getMessage(), reset));
      } else {
        session.tryEmitError(why);
      }
    }

    private void onLogin(LoginEvent event) {
      if (event instanceof LoginEvent.BannerShown shown) {
        banner.append(shown.text());
      } else if (event instanceof LoginEvent.AnswersWanted wanted) {
        answer(wanted.questions());
      } else if (event instanceof LoginEvent.NewPasswordWanted wanted) {
        changePassword(wanted.prompt());
      }
    }

    private void check(SshPublicKey key) {
      hostKey = key.type() + " " + key.fingerprint();
      certified = key instanceof Certificate;
      shownKey = key;
      opening
          .hostKeys()
          .check(opening.options().host(), opening.options().port(), key)
          .subscribe(
              nothing -> {},
              why -> {
                refusal = why;
                link.get().submit(core -> core.distrustHost("the host key is not trusted"));
              },
              () -> link.get().submit(core -> core.trustHost()));
    }

    /** A host whose authority is on record needs no keys there. An unwritable file is reported. */
    private void learn(List<SshPublicKey> keys) {
      if (!certified) {
        opening
            .hostKeys()
            .learn(opening.options().host(), opening.options().port(), keys)
            .subscribe(nothing -> {}, why -> LOG.warn("host keys are not put on record", why));
      }
    }

    private void answer(InfoRequest asked) {
      Questions questions =
          new Questions(
              asked.name(),
              asked.instruction(),
              asked.prompts().stream()
                  .map(prompt -> new Questions.Prompt(prompt.text(), prompt.echo()))
                  .toList());
      credentials(Credential.Interactive.class)
          .findFirst()
          .orElseThrow()
          .respond()
          .apply(questions)
          .switchIfEmpty(noAnswer("the server's questions"))
          .subscribe(
              answers -> link.get().submit(core -> core.clientLogin().answer(answers)),
              this::giveUp);
    }

    private void changePassword(String prompt) {
      credentials(Credential.Password.class)
          .findFirst()
          .orElseThrow()
          .onExpiry()
          .apply(prompt)
          .switchIfEmpty(noAnswer("the server's demand for a new password"))
          .subscribe(
              fresh -> link.get().submit(core -> core.clientLogin().changePassword(fresh)),
              this::giveUp);
    }

    private <C extends Credential> Stream<C> credentials(Class<C> kind) {
      return opening.options().credentials().stream().filter(kind::isInstance).map(kind::cast);
    }

    private static <T> Mono<T> noAnswer(String what) {
      return Mono.error(() -> new AuthenticationFailed("the credential has no answer to " + what));
    }

    private void giveUp(Throwable why) {
      refusal = why;
      link.get().disconnect("the login was given up").subscribe(); // never fails
    }
  }
}
