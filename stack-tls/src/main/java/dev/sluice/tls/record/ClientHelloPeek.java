package dev.sluice.tls.record;

import dev.sluice.tls.session.ClientHello;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the server name, the protocols and the offer of a ticket from a ClientHello (RFC 8446
 * section 4.1.2) without consuming it. The message may span records. Extensions may come in any
 * order; unknown extensions and values are skipped.
 */
public final class ClientHelloPeek {
  private static final int CLIENT_HELLO = 1;
  private static final int MESSAGE_HEADER = 4;
  private static final int VERSION_AND_RANDOM = 2 + 32;
  private static final int SERVER_NAME = 0;
  private static final int ALPN = 16;
  private static final int PRE_SHARED_KEY = 41;
  private static final int HOST_NAME = 0;

  private final int maxOctets;
  private final RecordFramer framer = new RecordFramer(true);
  private final ByteBuf message = Unpooled.buffer(512);
  private int scanned;

  /**
   * @param maxOctets the longest message accepted
   */
  public ClientHelloPeek(int maxOctets) {
    this.maxOctets = maxOctets;
  }

  /**
   * The hello at the beginning of {@code in}; null = more octets are needed. Consumes nothing, and
   * expects the same octets again next time, followed by more.
   *
   * @throws BrokenRecord when there is no hello, or it is too long or malformed
   */
  public @Nullable ClientHello peek(ByteBuf in) {
    if (message.isReadable() && isComplete()) {
      return decode(message.slice());
    }
    ByteBuf rest = in.slice().skipBytes(scanned);
    TlsRecordHeader header = framer.next(rest);
    while (header != null) {
      if (header.type() != ContentType.HANDSHAKE || header.length() == 0) {
        throw new BrokenRecord(Alert.UNEXPECTED_MESSAGE, header.type() + " instead of a hello");
      }
      message.writeBytes(rest.skipBytes(TlsRecordHeader.OCTETS), header.length());
      scanned += TlsRecordHeader.OCTETS + header.length();
      if (isComplete()) {
        return decode(message.slice());
      }
      header = framer.next(rest);
    }
    return null;
  }

  private boolean isComplete() {
    if (message.getByte(0) != CLIENT_HELLO) {
      throw new BrokenRecord(Alert.UNEXPECTED_MESSAGE, "handshake message " + message.getByte(0));
    }
    if (message.readableBytes() < MESSAGE_HEADER) {
      return false;
    }
    int length = message.getUnsignedMedium(1);
    if (length > maxOctets) {
      throw new BrokenRecord(
          Alert.ILLEGAL_PARAMETER, "ClientHello of " + length + " octets, at most " + maxOctets);
    }
    return message.readableBytes() >= MESSAGE_HEADER + length;
  }

  private static ClientHello decode(ByteBuf message) {
    int length = message.skipBytes(1).readUnsignedMedium();
    ByteBuf body = message.readSlice(length);
    try {
      body.skipBytes(VERSION_AND_RANDOM);
      body.skipBytes(body.readUnsignedByte()); // session id
      body.skipBytes(body.readUnsignedShort()); // cipher suites
      body.skipBytes(body.readUnsignedByte()); // compression methods
      return body.isReadable()
          ? extensions(vector(body))
          : new ClientHello(none(), List.of(), false);
    } catch (IndexOutOfBoundsException e) {
      throw new BrokenRecord(Alert.DECODE_ERROR, "malformed ClientHello");
    }
  }

  private static ClientHello extensions(ByteBuf extensions) {
    Optional<String> serverName = none();
    List<String> protocols = List.of();
    boolean offersTicket = false;
    while (extensions.isReadable()) {
      int type = extensions.readUnsignedShort();
      ByteBuf value = vector(extensions);
      if (type == SERVER_NAME) {
        serverName = serverName(vector(value));
      } else if (type == ALPN) {
        protocols = protocols(vector(value));
      } else if (type == PRE_SHARED_KEY) {
        offersTicket = true;
      }
    }
    return new ClientHello(serverName, protocols, offersTicket);
  }

  private static Optional<String> serverName(ByteBuf names) {
    while (names.isReadable()) {
      int type = names.readUnsignedByte();
      ByteBuf name = vector(names);
      if (type == HOST_NAME) {
        String host = name.toString(StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        return Optional.of(host);
      }
    }
    return none();
  }

  private static List<String> protocols(ByteBuf list) {
    List<String> protocols = new ArrayList<>();
    while (list.isReadable()) {
      ByteBuf name = list.readSlice(list.readUnsignedByte());
      protocols.add(name.toString(StandardCharsets.ISO_8859_1));
    }
    return protocols;
  }

  /** The octets after a length of 16 bits. */
  private static ByteBuf vector(ByteBuf in) {
    return in.readSlice(in.readUnsignedShort());
  }

  private static Optional<String> none() {
    return Optional.empty();
  }
}
