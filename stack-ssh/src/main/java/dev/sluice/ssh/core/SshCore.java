package dev.sluice.ssh.core;

import dev.sluice.api.SessionClosed;
import dev.sluice.api.TransferException;
import dev.sluice.ssh.RekeyPolicy;
import dev.sluice.ssh.auth.ClientLogin;
import dev.sluice.ssh.auth.ServerLogin;
import dev.sluice.ssh.channel.ChannelTable;
import dev.sluice.ssh.channel.RoundTrip;
import dev.sluice.ssh.message.TransportMessage;
import dev.sluice.ssh.packet.Identification;
import dev.sluice.ssh.packet.IdentificationReader;
import dev.sluice.ssh.packet.PacketReader;
import dev.sluice.ssh.packet.PacketWriter;
import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.transport.ProtocolCore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One side of an SSH connection: the transport (RFC 4253), the login (RFC 4252) and the channels
 * (RFC 4254), each in classes of its own; here they meet the bytes and the clock.
 *
 * <p>Commands are for the thread that drives the core. After an error was thrown only {@link
 * #nextOutput}, which holds the DISCONNECT, and {@link #abandon} make sense.
 */
public final class SshCore implements ProtocolCore<SshEvent> {
  private final TransportSettings settings;
  private final IdentificationReader identificationReader;
  private final PacketReader reader;
  private final Outgoing out;
  private final KeyExchange exchange;
  private final Extensions extensions;
  private final RoundTrip roundTrip = new RoundTrip();
  private final Deadlines deadlines;
  private final Dispatch dispatch;
  private final KeepaliveWatch keepalive;
  private final Login login;
  private final ArrayDeque<SshEvent> events = new ArrayDeque<>();
  private @Nullable Identification peer;
  private Layer layer = new ServiceLayers.AwaitKeys();
  private @Nullable Connection connection;
  private @Nullable Runnable trusted;
  private int suspensions;
  private long now;
  private long keysSince;
  private boolean started;
  private boolean closing;
  private boolean ended;

  public SshCore(TransportSettings settings, Services services, ByteBufAllocator allocator) {
    this.settings = settings;
    this.identificationReader =
        new IdentificationReader(
            settings.role().isClient(), line -> events.add(new SshEvent.Greeted(line)));
    this.reader = new PacketReader(allocator, settings.limits().packetOctetsBeforeLogin());
    this.out = new Outgoing(new PacketWriter(allocator, settings.random()));
    this.extensions = new Extensions(settings.role());
    Inside inside = new Inside(this);
    this.exchange = new KeyExchange(settings, out, reader, inside);
    this.deadlines = new Deadlines(settings.limits(), services instanceof Services.Server);
    this.dispatch = new Dispatch(exchange, extensions, deadlines, out, reader, () -> layer);
    this.keepalive = new KeepaliveWatch(services.keepalive());
    this.login = new Login(services, inside, out);
  }

  // Commands.

  /** What {@link SshEvent.WorkDue} asked for has been computed. */
  public void finished(Work work) {
    act(
        () -> {
          suspensions--;
          work.complete();
          readOn();
        });
  }

  /** The key of {@link SshEvent.HostKeyShown} is the host's. */
  public void trustHost() {
    act(
        () -> {
          Runnable then = trusted;
          if (then == null) {
            throw new IllegalStateException("no host key was shown");
          }
          trusted = null;
          suspensions--;
          then.run();
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

  /** The channels, once {@link SshEvent.Ready} was told. */
  public ChannelTable channels() {
    if (connection == null) {
      throw new IllegalStateException("nobody has logged in yet");
    }
    return connection.channels();
  }

  /** Changes the keys soon. */
  public void rekey() {
    act(this::beginExchange);
  }

  /** Tells the peer why, then ends. */
  public void disconnect(DisconnectReason reason, String text) {
    if (!closing && !ended) {
      closing = true;
      if (peer != null) {
        out.send(new TransportMessage.Disconnect(reason.code(), text));
      }
    }
  }

  /** The connection is gone: drops keys and buffers. */
  public void abandon() {
    ended = true;
    if (connection != null) {
      connection.channels().abandon();
    }
    reader.close();
    out.writer().close();
  }

  // The driver's side.

  @Override
  public void receive(ByteBuf bytes) {
    if (ended || closing) {
      bytes.skipBytes(bytes.readableBytes());
      return;
    }
    try {
      if (peer == null) {
        identify(bytes);
      }
      if (bytes.isReadable()) {
        reader.receive(bytes);
        try {
          readOn();
        } finally {
          reader.keep();
        }
      }
    } catch (TransferException e) {
      throw failed(e);
    }
  }

  @Override
  public void inputClosed() {
    if (!ended && !closing) {
      throw failed(new SessionClosed("the peer closed the connection without a word"));
    }
  }

  @Override
  public void tick(long nowNanos) {
    now = nowNanos;
    if (ended || closing) {
      return;
    }
    if (!started) {
      started = true;
      keysSince = nowNanos;
      keepalive.heard(nowNanos);
      deadlines.start(nowNanos);
      out.writer().writeRaw(settings.identification().encoded());
    }
    act(this::doWhatIsDue);
  }

  @Override
  public @Nullable SshEvent nextEvent() {
    return events.poll();
  }

  @Override
  public @Nullable ByteBuf nextOutput() {
    if (!ended && !closing && connection != null) {
      connection.channels().fill();
      renewKeys();
    }
    return out.writer().take();
  }

  @Override
  public boolean wantsInput() {
    return !ended
        && !closing
        && suspensions == 0
        && !layer.isBusy()
        && out.writer().waiting() < settings.limits().unsentOctets();
  }

  @Override
  public boolean wantsClose() {
    return closing && out.writer().waiting() == 0;
  }

  @Override
  public long nextDeadlineNanos() {
    if (!started || ended || closing) {
      return NO_DEADLINE;
    }
    long next = Math.min(deadlines.nextNanos(), layer.deadlineNanos());
    return exchange.isIdle()
        ? Math.min(next, KeyLifetime.deadline(settings.rekey(), keysSince))
        : next;
  }

  // What the parts need of each other; see Inside.

  void emit(SshEvent event) {
    events.add(event);
  }

  void suspend(Work work) {
    suspensions++;
    events.add(new SshEvent.WorkDue(work));
  }

  void suspendForTrust(Runnable then) {
    suspensions++;
    trusted = then;
  }

  void established(boolean first) {
    keysSince = now;
    deadlines.exchangeEnded();
    if (first) {
      layer = login.begin();
    }
  }

  /** The login is over. */
  Layer connect() {
    deadlines.loggedIn();
    extensions.close();
    reader.limit(settings.limits().packetOctets());
    Connection made = login.connection(settings, roundTrip, keepalive);
    made.tick(now);
    connection = made;
    events.add(new SshEvent.Ready());
    return made;
  }

  KeyExchange exchange() {
    return exchange;
  }

  Extensions extensions() {
    return extensions;
  }

  PacketReader reader() {
    return reader;
  }

  Outgoing out() {
    return out;
  }

  RoundTrip roundTrip() {
    return roundTrip;
  }

  TransportSettings settings() {
    return settings;
  }

  boolean isLoggedIn() {
    return connection != null;
  }

  long nowNanos() {
    return now;
  }

  private void identify(ByteBuf bytes) {
    Identification found = identificationReader.read(bytes);
    if (found != null) {
      peer = found;
      events.add(new SshEvent.Identified(found.shown()));
      exchange.start(found);
    }
  }

  private void readOn() {
    while (suspensions == 0 && !layer.isBusy() && !ended) {
      ByteBuf payload = reader.next();
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
    deadlines.check(now, suspensions > 0 || login.waitsForUser());
    boolean wasBusy = layer.isBusy();
    layer.tick(now);
    if (wasBusy && !layer.isBusy()) {
      readOn();
    } else {
      renewKeys();
    }
  }

  private void renewKeys() {
    RekeyPolicy policy = settings.rekey();
    if (KeyLifetime.isOverdue(reader.traffic()) || KeyLifetime.isOverdue(out.writer().traffic())) {
      throw SshViolation.keyExchange("key exchange: overdue, and the peer does not take part");
    }
    if (exchange.isIdle()
        && (KeyLifetime.isDue(policy, reader.traffic())
            || KeyLifetime.isDue(policy, out.writer().traffic())
            || now - KeyLifetime.deadline(policy, keysSince) >= 0)) {
      beginExchange();
    }
  }

  private void beginExchange() {
    deadlines.exchangeBegan(now);
    exchange.restart();
  }

  private void act(Runnable command) {
    if (ended) {
      return;
    }
    try {
      command.run();
    } catch (TransferException e) {
      throw failed(e);
    }
  }

  /** Tells the peer, unless it has left or speaks another protocol. */
  private TransferException failed(TransferException cause) {
    if (!ended) {
      ended = true;
      if (peer != null && !(cause instanceof SessionClosed)) {
        out.writer().write(Farewell.of(cause));
      }
    }
    return cause;
  }
}
