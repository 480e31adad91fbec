package dev.sluice.ftp.client;

import dev.sluice.api.RawName;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.ftp.Credentials;
import dev.sluice.ftp.FtpOptions;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.io.ControlLink;
import dev.sluice.transport.io.OpeningWatch;
import java.net.InetSocketAddress;
import reactor.core.publisher.Mono;

/** Connects, logs in, and makes a session of it; whatever fails closes the connection. */
final class SessionOpening {
  private SessionOpening() {}

  public static Mono<FtpSession> open(
      String host,
      int port,
      Credentials who,
      FtpOptions options,
      FeatureMemory memory,
      SessionObserver observer) {
    Route route = new Route(host, port, options, memory);
    boolean implicit = options.security().start() == FtpSecurity.Start.IMPLICIT;
    return Mono.defer(
        () -> {
          SessionRef ref =
              SessionRef.of(
                  SessionRef.Role.CLIENT,
                  implicit ? "ftps" : "ftp",
                  InetSocketAddress.createUnresolved(host, port));
          return OpeningWatch.over(
              observer,
              ref,
              Mono.usingWhen(
                  route.connect(),
                  control -> logIn(new Conversation(route, control, who, observer, ref)),
                  control -> Mono.empty(),
                  (control, cause) -> control.close(),
                  ControlLink::close));
        });
  }

  private static Mono<FtpSession> logIn(Conversation conversation) {
    conversation.tell(new SessionEvent.Connected(conversation.ref()));
    return new Login(conversation)
        .run()
        .map(greeting -> new ClientSession(conversation, RawName.escape(greeting.text())));
  }
}
