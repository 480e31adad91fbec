package dev.sluice.ssh.core;

import dev.sluice.api.SessionClosed;
import dev.sluice.api.TransferException;
import dev.sluice.ssh.auth.ClientLogin;
import dev.sluice.ssh.auth.ServerLogin;
import dev.sluice.ssh.channel.ChannelTable;
import dev.sluice.ssh.channel.RoundTrip;
import dev.sluice.ssh.message.TransportMessage;
import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.transport.ProtocolCore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One side of an SSH connection: the transport (RFC 4253), the login (RFC 4252) and the channels
 * (RFC 4254), each in classes of its own; this class connects them to the bytes and the clock.
 *
 * <p>Commands are for the thread that drives the core. After an error was thrown only {@link
 * #nextOutput}, which holds the DISCONNECT, and {@link #abandon} make sense.
 */
public final class SshCore implements ProtocolCore<SshEvent> {
  /** How far a connection is from its end. */
  private enum Stage {
    NEW,
    RUNNING,
    /** Data that was written is still sent. */
    CLOSING,
    ENDED;

    boolean isLive() {
      return this == NEW || this == RUNNING;
    }
  }

  private final SecureTransport transport;
  private final RoundTrip roundTrip = new RoundTrip();
  private final Deadlines deadlines;
  private final Dispatch dispatch;
  private final KeepaliveWatch keepalive;
  private final Login login;
  private final ArrayDeque<SshEvent> events = new ArrayDeque<>();
  private final Suspension suspension = new Suspension();
  private Layer layer = new ServiceLayers.AwaitKeys();
  private Stage stage = Stage.NEW;
  private long now;

  public SshCore(TransportSettings settings, Services services, ByteBufAllocator allocator) {
    Inside inside = new Inside(this);
    this.transport = new SecureTransport(settings, allocator, inside, events::add);
    this.deadlines = new Deadlines(settings.limits(), services instanceof Services.Server);
    this.dispatch = new Dispatch(transport, deadlines, () -> layer);
    this.keepalive = new KeepaliveWatch(services.keepalive());
    this.login = new Login(services, inside, transport.out());
  }

  // Commands.

  /** What {@link SshEvent.WorkDue} asked for has been computed. */
  public void finished(Work work) {
    act(
        () -> {
          suspension.workEnds();
          work.complete();
          readOn();
        });
  }

  /** The key of {@link SshEvent.HostKeyShown} is the host's. */
  public void trustHost() {
    act(
        () -> {
          suspension.trusted().run();
          readOn();
        });
  }

  /** The key of {@link SshEvent.HostKeyShown} is not to be trusted: ends the connection. */
  public void distrustHost(String why) {
    act(
        () -> {
          throw new SshViolation(DisconnectReason.HOST_KEY_NOT_VERIFIABLE, why);
        });
  }

  /** A client's login, while it lasts. */
  public ClientLogin clientLogin() {
    return login.client();
  }

  /** Decides about what {@link SshEvent.Login} has shown to a server. */
  public void decide(boolean accepted) {
    act(
        () -> {
          ServerLogin server = login.server();
          if (accepted) {
            server.accept();
          } else {
            server.refuse();
          }
          layer = login.next(layer);
          readOn();
        });
  }

  /** The password that {@link SshEvent.Login} has shown to a server must be changed first. */
  public void demandNewPassword(String prompt) {
    act(
        () -> {
          login.server().expired(prompt);
          readOn();
        });
  }

  /** Whether no step of the login of this user has been done yet. */
  public boolean serverLoginIsFresh() {
    return login.server().isFresh();
  }

  /** The channels; only after {@link SshEvent.Ready}. */
  public ChannelTable channels() {
    if (layer instanceof Connection connection) {
      return connection.channels();
    }
    throw new IllegalStateException("nobody has logged in yet");
  }

  /** Changes the keys soon. */
  public void rekey() {
    act(this::beginExchange);
  }

  /** Tells the peer why, then ends. */
  public void disconnect(DisconnectReason reason, String text) {
    if (stage.isLive()) {
      stage = Stage.CLOSING;
      transport.disconnect(new TransportMessage.Disconnect(reason.code(), text));
    }
  }

  /** The connection is gone: drops keys and buffers. */
  public void abandon() {
    stage = Stage.ENDED;
    if (layer instanceof Connection connection) {
      connection.channels().abandon();
    }
    transport.close();
  }

  // The driver's side.

  @Override
  public void receive(ByteBuf bytes) {
    if (!stage.isLive()) {
      bytes.skipBytes(bytes.readableBytes());
      return;
    }
    try {
      if (transport.receive(bytes)) {
        try {
          readOn();
        } finally {
          transport.reader().keep();
        }
      }
    } catch (TransferException e) {
      throw failed(e);
    }
  }

  @Override
  public void inputClosed() {
    if (stage.isLive()) {
      throw failed(new SessionClosed("the peer closed the connection without a word"));
    }
  }

  @Override
  public void tick(long nowNanos) {
    now = nowNanos;
    if (!stage.isLive()) {
      return;
    }
    if (stage == Stage.NEW) {
      stage = Stage.RUNNING;
      keepalive.heard(nowNanos);
      deadlines.start(nowNanos);
      transport.start(nowNanos);
    }
    act(this::doWhatIsDue);
  }

  @Override
  public @Nullable SshEvent nextEvent() {
    return events.poll();
  }

  @Override
  public @Nullable ByteBuf nextOutput() {
    if (stage.isLive() && layer instanceof Connection connection) {
      connection.channels().fill();
      renewKeys();
    }
    return transport.take();
  }

  @Override
  public boolean wantsInput() {
    return stage.isLive() && !suspension.isOn() && !layer.isBusy() && transport.hasRoom();
  }

  @Override
  public boolean wantsClose() {
    return stage == Stage.CLOSING && transport.isDrained();
  }

  @Override
  public long nextDeadlineNanos() {
    if (stage != Stage.RUNNING) {
      return NO_DEADLINE;
    }
    long next = Math.min(deadlines.nextNanos(), layer.deadlineNanos());
    return Math.min(next, transport.deadlineNanos());
  }

  // What the parts need of each other; see Inside.

  void emit(SshEvent event) {
    events.add(event);
  }

  void suspend(Work work) {
    suspension.workBegins();
    events.add(new SshEvent.WorkDue(work));
  }

  void suspendForTrust(Runnable then) {
    suspension.askTrust(then);
  }

  void established(boolean first) {
    transport.established(now);
    deadlines.exchangeEnded();
    if (first) {
      layer = login.begin();
    }
  }

  /** The login is over. */
  Layer connect() {
    deadlines.loggedIn();
    transport.loggedIn();
    Connection made = login.connection(transport.settings(), roundTrip, keepalive);
    made.tick(now);
    events.add(new SshEvent.Ready());
    return made;
  }

  SecureTransport transport() {
    return transport;
  }

  RoundTrip roundTrip() {
    return roundTrip;
  }

  boolean isLoggedIn() {
    return layer instanceof Connection;
  }

  long nowNanos() {
    return now;
  }

  private void readOn() {
    while (!suspension.isOn() && !layer.isBusy() && stage != Stage.ENDED) {
      ByteBuf payload = transport.reader().next();
      if (payload == null) {
        break;
      }
      keepalive.heard(now);
      deadlines.heard(now);
      layer = dispatch.handle(payload, now);
    }
    renewKeys();
  }

  private void doWhatIsDue() {
    deadlines.check(now, suspension.isOn() || login.waitsForUser());
    boolean wasBusy = layer.isBusy();
    layer.tick(now);
    if (wasBusy && !layer.isBusy()) {
      readOn();
    } else {
      renewKeys();
    }
  }

  private void renewKeys() {
    if (transport.needsKeys(now)) {
      beginExchange();
    }
  }

  private void beginExchange() {
    deadlines.exchangeBegan(now);
    transport.exchange().restart();
  }

  private void act(Runnable command) {
    if (stage == Stage.ENDED) {
      return;
    }
    try {
      command.run();
    } catch (TransferException e) {
      throw failed(e);
    }
  }

  private TransferException failed(TransferException cause) {
    if (stage != Stage.ENDED) {
      stage = Stage.ENDED;
      transport.fail(cause);
    }
    return cause;
  }
}
