package dev.sluice.ssh.packet;

import dev.sluice.api.LimitExceeded;
import dev.sluice.api.OtherProtocol;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.RawName;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines until the peer's identification (RFC 4253 section 4.2). What follows it stays in the
 * buffer: binary packets may share its segment.
 */
public final class IdentificationReader {
  private static final int MAX_LINES = 1024;
  private static final int MAX_LINE_OCTETS = 8192;

  private final boolean greetingAllowed;
  private final Consumer<String> greeting;
  private final StringBuilder line = new StringBuilder();
  private boolean returned;
  private int lines;

  /**
   * @param greetingAllowed whether other lines may come first: a server's may, a client's not
   * @param greeting receives those lines, escaped
   */
  public IdentificationReader(boolean greetingAllowed, Consumer<String> greeting) {
    this.greetingAllowed = greetingAllowed;
    this.greeting = greeting;
  }

  /** The peer's identification; null = more octets are needed. */
  public @Nullable Identification read(ByteBuf in) {
    while (in.isReadable()) {
      char octet = (char) in.readUnsignedByte();
      if (octet == '\n') {
        Identification found = lineEnded();
        if (found != null) {
          return found;
        }
      } else {
        take(octet);
      }
    }
    return null;
  }

  private void take(char octet) {
    if (octet == 0 || returned) {
      throw new PeerMisbehaved(
          "identification: a NUL, or a CR without LF, in the line "
              + RawName.escape(line.toString()));
    }
    if (octet == '\r') {
      returned = true;
      return;
    }
    if (line.length() >= limit()) {
      throw new LimitExceeded("identification: a line of more than " + limit() + " octets");
    }
    line.append(octet);
    if (!greetingAllowed && !startsLikeOne()) {
      throw notSsh();
    }
  }

  private @Nullable Identification lineEnded() {
    String text = line.toString();
    line.setLength(0);
    returned = false;
    if (Identification.isOne(text)) {
      return Identification.parse(text);
    }
    if (!greetingAllowed) {
      throw new PeerMisbehaved("identification: the first line is not one of SSH");
    }
    if (lines == 0) {
      OtherProtocol.answered(text)
          .ifPresent(
              other -> {
                throw other;
              });
    }
    if (++lines > MAX_LINES) {
      throw new LimitExceeded("identification: more than " + MAX_LINES + " lines before it");
    }
    greeting.accept(RawName.escape(text));
    return null;
  }

  private int limit() {
    return greetingAllowed ? MAX_LINE_OCTETS : MAX_LINE_OCTETS / 4;
  }

  private boolean startsLikeOne() {
    int length = line.length();
    return length > 4 || "SSH-".startsWith(line.toString());
  }

  private PeerMisbehaved notSsh() {
    return new PeerMisbehaved(
        "identification: the first line is not one of SSH: " + RawName.escape(line.toString()));
  }
}
