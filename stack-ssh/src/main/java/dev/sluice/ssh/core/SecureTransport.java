package dev.sluice.ssh.core;

import dev.sluice.api.SessionClosed;
import dev.sluice.api.TransferException;
import dev.sluice.ssh.message.TransportMessage.Disconnect;
import dev.sluice.ssh.packet.Identification;
import dev.sluice.ssh.packet.IdentificationReader;
import dev.sluice.ssh.packet.PacketReader;
import dev.sluice.ssh.packet.PacketWriter;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.WireLog;
import dev.sluice.transport.ProtocolCore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The transport of a connection (RFC 4253): lines of identification, packets, and the keys that
 * protect them.
 */
final class SecureTransport {
  private final TransportSettings settings;
  private final Consumer<SshEvent> events;
  private final IdentificationReader identificationReader;
  private final PacketReader reader;
  private final WireLog log;
  private final Outgoing out;
  private final KeyExchange exchange;
  private final KeyLifetime keys;
  private final Extensions extensions;
  private @Nullable Identification peer;

  SecureTransport(
      TransportSettings settings,
      ByteBufAllocator allocator,
      KeyExchange.Surroundings surroundings,
      Consumer<SshEvent> events) {
    this.settings = settings;
    this.events = events;
    this.identificationReader =
        new IdentificationReader(
            settings.role().isClient(), line -> events.accept(new SshEvent.Greeted(line)));
    this.reader = new PacketReader(allocator, settings.limits().packetOctetsBeforeLogin());
    PacketWriter writer = new PacketWriter(allocator, settings.random());
    this.log = new WireLog(settings.trace());
    this.out = new Outgoing(writer, log);
    this.exchange = new KeyExchange(settings, out, reader, surroundings);
    this.keys = new KeyLifetime(settings.rekey(), reader.traffic(), writer.traffic());
    this.extensions = new Extensions(settings.role());
  }

  TransportSettings settings() {
    return settings;
  }

  PacketReader reader() {
    return reader;
  }

  Outgoing out() {
    return out;
  }

  WireLog log() {
    return log;
  }

  KeyExchange exchange() {
    return exchange;
  }

  Extensions extensions() {
    return extensions;
  }

  void start(long nowNanos) {
    keys.begin(nowNanos);
    out.writer().writeRaw(settings.identification().encoded());
  }

  /** Lends the reader what the peer sent after its identification; returns whether there is any. */
  boolean receive(ByteBuf bytes) {
    if (peer == null) {
      identify(bytes);
    }
    if (bytes.isReadable()) {
      reader.receive(bytes);
      return true;
    }
    return false;
  }

  /** New keys protect both directions. */
  void established(long nowNanos) {
    keys.begin(nowNanos);
  }

  /** The login is over: packets may be longer, and no extensions follow. */
  void loggedIn() {
    extensions.close();
    reader.limit(settings.limits().packetOctets());
  }

  /** Whether new keys are due, and nobody has asked for them yet. */
  boolean needsKeys(long nowNanos) {
    keys.check();
    return exchange.gate().isOpen() && keys.isOver(nowNanos);
  }

  /** When new keys are due. */
  long deadlineNanos() {
    return exchange.gate().isOpen() ? keys.deadlineNanos() : ProtocolCore.NO_DEADLINE;
  }

  /** Whether so little waits to be sent that we can read what the peer wants next. */
  boolean hasRoom() {
    return out.writer().waiting() < settings.limits().unsentOctets();
  }

  boolean isDrained() {
    return out.writer().waiting() == 0;
  }

  /** The next octets to send, owned by the caller; null = none. */
  @Nullable ByteBuf take() {
    return out.writer().take();
  }

  /** Tells a peer that speaks SSH that we are leaving. */
  void disconnect(Disconnect why) {
    if (peer != null) {
      out.send(why);
    }
  }

  /** Tells the peer what ends the connection, unless it has left or speaks another protocol. */
  void fail(TransferException cause) {
    if (peer != null && !(cause instanceof SessionClosed)) {
      out.sendNow(Encoded.bytes(Farewell.of(cause)::encode));
    }
  }

  /** Drops keys and buffers. */
  void close() {
    reader.close();
    out.writer().close();
  }

  private void identify(ByteBuf bytes) {
    Identification found = identificationReader.read(bytes);
    if (found != null) {
      peer = found;
      events.accept(new SshEvent.Identified(found.shown()));
      exchange.start(found);
    }
  }
}
