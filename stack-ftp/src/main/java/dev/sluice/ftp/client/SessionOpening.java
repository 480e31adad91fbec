package dev.sluice.ftp.client;

import dev.sluice.api.RawName;
import dev.sluice.api.SessionInfo;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.ftp.FtpOptions;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.FtpTimeouts;
import dev.sluice.ftp.core.ControlLimits;
import dev.sluice.ftp.core.Credentials;
import dev.sluice.ftp.core.FtpClientCore;
import dev.sluice.ftp.io.ControlLink;
import dev.sluice.ftp.io.Dialer;
import java.net.InetSocketAddress;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Connects, logs in, and makes a session of it; whatever fails closes the connection. */
public final class SessionOpening {
  private static final Duration LONGEST_GRACE = Duration.ofSeconds(2);

  private SessionOpening() {}

  public static Mono<FtpSession> open(
      String host, int port, Credentials who, FtpOptions options, SessionObserver observer) {
    return Mono.usingWhen(
        connect(host, port, options),
        control -> login(control, who, options, observer),
        control -> Mono.empty(),
        (control, cause) -> control.close(),
        ControlLink::close);
  }

  private static Mono<ControlLink> connect(String host, int port, FtpOptions options) {
    FtpTimeouts timeouts = options.timeouts();
    Dialer dialer = new Dialer(timeouts.connect(), timeouts.dataConnect(), options.proxy(), null);
    return ControlLink.connect(
        dialer,
        InetSocketAddress.createUnresolved(host, port),
        () ->
            new FtpClientCore(
                limits(options), options.abortPolicy(), options.charset(), options.trace()));
  }

  private static Mono<FtpSession> login(
      ControlLink control, Credentials who, FtpOptions options, SessionObserver observer) {
    Conversation conversation = new Conversation(control, options, observer);
    conversation.tell(new SessionEvent.Connected(conversation.id, "ftp", control.peer()));
    control.whenClosed(
        reason -> conversation.tell(new SessionEvent.Closed(conversation.id, reason)));
    return new Login(conversation, who)
        .run()
        .map(
            greeting ->
                new ClientSession(
                    conversation,
                    new SessionInfo(
                        "ftp",
                        control.peer().getHostString() + ":" + control.peer().getPort(),
                        "none",
                        RawName.escape(greeting.text()))));
  }

  private static ControlLimits limits(FtpOptions options) {
    FtpTimeouts timeouts = options.timeouts();
    Duration half = timeouts.abort().dividedBy(2);
    return new ControlLimits(
        options.limits().replyLineOctets(),
        options.limits().replyLines(),
        timeouts.greeting(),
        timeouts.reply(),
        timeouts.abort(),
        half.compareTo(LONGEST_GRACE) < 0 ? half : LONGEST_GRACE,
        options.keepAlive());
  }
}
