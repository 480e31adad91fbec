package dev.sluice.ftp.client;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.ftp.Credentials;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.Text;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.core.LoginFlow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** From the greeting to a session that is ready for work. */
final class Login {
  private static final List<String> FACTS =
      List.of(
          "TYPE",
          "SIZE",
          "MODIFY",
          "CREATE",
          "UNIQUE",
          "UNIX.MODE",
          "UNIX.OWNERNAME",
          "UNIX.OWNER",
          "UNIX.UID",
          "UNIX.GROUPNAME",
          "UNIX.GROUP",
          "UNIX.GID");

  /**
   * The replies of vsftpd (always UTF-8) and of our server (names are UTF-8), which mean that the
   * option changes nothing.
   */
  private static final Pattern ALWAYS = Pattern.compile("(?i)always|^names are utf-8$");

  /** Greetings of servers that are known to take commands in a row. */
  private static final Pattern READS_AHEAD =
      Pattern.compile("Sluice|vsFTPd|ProFTPD|Pure-FTPd|pyftpdlib");

  private final Conversation conversation;
  private final ControlProtection protection;
  private final Credentials who;

  Login(Conversation conversation) {
    this.conversation = conversation;
    this.protection = new ControlProtection(conversation);
    this.who = conversation.who;
  }

  /** Emits the greeting when all is done. */
  Mono<FtpReply> run() {
    return protection
        .beforeGreeting()
        .then(conversation.control.greeting())
        .doOnNext(
            greeting ->
                conversation.server.readsAhead =
                    READS_AHEAD.matcher(greeting.lines().toString()).find())
        .flatMap(
            greeting ->
                protection
                    .beforeLogin()
                    .then(logIn())
                    .then(Mono.defer(protection::afterLogin))
                    .then(negotiate(greeting))
                    .then(Mono.defer(protection::clearControl))
                    .thenReturn(greeting));
  }

  private Mono<Void> logIn() {
    return Mono.defer(
            () -> {
              Deque<FtpCommand> next = new ArrayDeque<>(1);
              LoginFlow flow = LoginFlow.start(who, next::add);
              return step(flow, next);
            })
        .doOnSuccess(done -> conversation.loggedIn())
        .doOnError(
            AuthenticationFailed.class,
            refused ->
                conversation.tell(new SessionEvent.LoginRefused(conversation.ref(), who.user())));
  }

  private Mono<Void> step(LoginFlow flow, Deque<FtpCommand> next) {
    return conversation
        .send(next.remove())
        .flatMap(
            reply -> {
              LoginFlow following = flow.on(reply, next::add);
              return following instanceof LoginFlow.LoggedIn
                  ? Mono.<Void>empty()
                  : step(following, next);
            });
  }

  /** Finds out what the server can do, and chooses how it describes files. */
  private Mono<Void> negotiate(FtpReply greeting) {
    return Mono.defer(
        () ->
            conversation
                .route
                .memory()
                .recall(conversation.key(), greeting)
                .map(this::goOnWith)
                .orElseGet(() -> ask(greeting)));
  }

  private Mono<Void> goOnWith(FeatureMemory.Known known) {
    conversation.server.features = known.features();
    return tellName()
        .then(Mono.defer(this::chooseFacts))
        .then(Mono.defer(() -> known.alwaysUtf8() ? readUtf8() : chooseCharset().then()));
  }

  private Mono<Void> ask(FtpReply greeting) {
    return conversation
        .send(new Bare(Verb.FEAT))
        .flatMap(
            told -> {
              Features features = Features.of(told);
              conversation.server.features = features;
              return tellName()
                  .then(Mono.defer(this::chooseFacts))
                  .then(Mono.defer(this::chooseCharset))
                  .doOnSuccess(
                      utf8 -> {
                        if (told.isCompletion()) {
                          remember(greeting, features, utf8);
                        }
                      })
                  .then();
            });
  }

  private void remember(FtpReply greeting, Features features, @Nullable FtpReply utf8) {
    boolean always = utf8 != null && utf8.isCompletion() && ALWAYS.matcher(utf8.text()).find();
    conversation
        .route
        .memory()
        .remember(
            conversation.key(),
            new FeatureMemory.Known(greeting, features, always, System.nanoTime()));
  }

  private Mono<Void> tellName() {
    String name = conversation.options.dialogue().clientName();
    return name.isEmpty() ? Mono.empty() : conversation.send(new Text(Verb.CLNT, name)).then();
  }

  /** Asks for the facts that attributes are made of, where the server leaves some out. */
  private Mono<Void> chooseFacts() {
    List<String> offered = List.of(conversation.server.features.parameter("MLST").split(";", -1));
    boolean missing = FACTS.stream().anyMatch(offered::contains);
    if (!missing || offered.stream().noneMatch(fact -> fact.endsWith("*"))) {
      return Mono.empty();
    }
    String wanted =
        FACTS.stream()
            .filter(fact -> offered.contains(fact) || offered.contains(fact + "*"))
            .map(fact -> fact + ";")
            .collect(Collectors.joining());
    return conversation.send(new Text(Verb.OPTS, "MLST " + wanted)).then();
  }

  /** Goes on after any reply: many servers that speak UTF-8 do not know the option. */
  private Mono<FtpReply> chooseCharset() {
    if (conversation.server.features.lists("UTF8")) {
      return readUtf8().then(conversation.send(new Text(Verb.OPTS, "UTF8 ON")));
    }
    conversation.useCharset(conversation.options.dialogue().charset());
    return Mono.empty();
  }

  private Mono<Void> readUtf8() {
    return Mono.fromRunnable(
        () ->
            conversation.useCharset(
                new PathCharset(conversation.options.dialogue().charset().fallback(), true)));
  }
}
