package dev.sluice.server.audit;

import dev.sluice.server.config.AuditConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event as one line. What a client chose comes after what it did not, so that a pattern
 * that begins at the begin of the line cannot be deceived.
 */
final class AuditLine {
  /** Of one text; a name is a part of a path, and a path is as long as the client likes. */
  private static final int LONGEST = 8192;

  private static final int LAST_OF_ASCII = 0x7E;

  private final boolean json;
  private final StringBuilder out = new StringBuilder(256);

  private AuditLine(AuditConfig.Format format) {
    this.json = format == AuditConfig.Format.JSON;
  }

  /** With its line end. */
  static String of(AuditEvent event, AuditConfig.Format format) {
    AuditLine line = new AuditLine(format);
    line.begin(event.time(), event.kind().word());
    line.number("session", String.valueOf(event.session().id()));
    line.text("protocol", event.session().protocol());
    InetSocketAddress peer = event.session().peer();
    InetAddress address = peer.getAddress();
    line.text("address", address == null ? peer.getHostString() : plain(address));
    line.number("port", String.valueOf(peer.getPort()));
    line.text("result", event.result());
    line.text("user", event.user());
    line.text("path", event.path());
    line.text("target", event.target());
    Long octets = event.octets();
    line.number("octets", octets == null ? null : octets.toString());
    line.number("seconds", seconds(event.took()));
    line.text("detail", event.detail());
    return line.end();
  }

  /** The line about lines that could not be written. */
  static String lost(Instant time, long lines, AuditConfig.Format format) {
    AuditLine line = new AuditLine(format);
    line.begin(time, "lost");
    line.number("lines", String.valueOf(lines));
    return line.end();
  }

  private void begin(Instant time, String kind) {
    String when = time.truncatedTo(ChronoUnit.MILLIS).plusNanos(1).toString();
    String millis = when.substring(0, "2026-01-01T00:00:00.000".length()) + "Z";
    if (json) {
      out.append('{');
      text("time", millis);
      text("event", kind);
    } else {
      out.append(millis).append(' ').append(kind);
    }
  }

  private String end() {
    return out.append(json ? "}\n" : "\n").toString();
  }

  /** Without the name of the interface of an IPv6 address. */
  private static String plain(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  private static @Nullable String seconds(@Nullable Duration took) {
    return took == null ? null : String.format(Locale.ROOT, "%.3f", took.toNanos() / 1e9);
  }

  private void key(String key) {
    if (json) {
      out.append(out.length() == 1 ? "\"" : ",\"").append(key).append("\":");
    } else {
      out.append(' ').append(key).append('=');
    }
  }

  private void number(String key, @Nullable String value) {
    if (value != null) {
      key(key);
      out.append(value);
    }
  }

  private void text(String key, @Nullable String value) {
    if (value == null) {
      return;
    }
    key(key);
    out.append('"');
    int end = Math.min(value.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      append(value, i);
    }
    out.append(end < value.length() ? "...\"" : "\"");
  }

  private void append(String value, int at) {
    char c = value.charAt(at);
    if (c == '"' || c == '\\') {
      out.append('\\').append(c);
    } else if (c >= ' ' && c <= LAST_OF_ASCII || isHarmless(value, at)) {
      out.append(c);
    } else {
      out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
  }

  /** Neither a control character, nor one that turns text around, nor half of a character. */
  private static boolean isHarmless(String value, int at) {
    char c = value.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 < value.length() && Character.isLowSurrogate(value.charAt(at + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return at > 0 && Character.isHighSurrogate(value.charAt(at - 1));
    }
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.UNASSIGNED;
  }
}
