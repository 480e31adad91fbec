package dev.sluice.ftp.client;

import dev.sluice.api.RawName;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.ftp.FtpClientSettings;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.io.ControlLink;
import dev.sluice.transport.io.LoopEnd;
import dev.sluice.transport.io.OpeningWatch;
import java.net.InetSocketAddress;
import reactor.core.publisher.Mono;

/** Connects, logs in, and makes a session of it; whatever fails closes the connection. */
final class SessionOpening {
  private SessionOpening() {}

  public static Mono<FtpSession> open(FtpClientSettings options, FeatureMemory memory) {
    Route route = new Route(options, memory);
    boolean implicit = options.security().start() == FtpSecurity.Start.IMPLICIT;
    return Mono.defer(
        () -> {
          SessionRef ref =
              SessionRef.of(
                  SessionRef.Role.CLIENT,
                  implicit ? "ftps" : "ftp",
                  InetSocketAddress.createUnresolved(options.host(), options.effectivePort()));
          return OpeningWatch.over(
              options.observer(),
              ref,
              LoopEnd.before(
                  options.transport(),
                  Mono.usingWhen(
                      route.connect(),
                      control -> logIn(new Conversation(route, control, ref)),
                      control -> Mono.empty(),
                      (control, cause) -> control.close(),
                      ControlLink::close)));
        });
  }

  private static Mono<FtpSession> logIn(Conversation conversation) {
    conversation.tell(new SessionEvent.Connected(conversation.ref()));
    return new Login(conversation)
        .run()
        .map(greeting -> new ClientSession(conversation, RawName.escape(greeting.text())));
  }
}
