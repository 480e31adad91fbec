package dev.sluice.ftp.reply;

import dev.sluice.api.RawName;
import dev.sluice.api.error.PeerMisbehaved;
import dev.sluice.ftp.wire.Line;
import dev.sluice.ftp.wire.PathCharset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts lines together to replies (RFC 959 section 4.2).
 *
 * <p>A reply of many lines ends only at a line that begins with the same code and a space. Lines
 * beyond {@code maxLines} are dropped while reading on, so the stream stays in step.
 */
public final class ReplyDecoder {
  private final int maxLines;
  private final PathCharset charset;
  private final List<String> lines = new ArrayList<>();
  private int code;

  /**
   * @param maxLines lines kept of one reply, 1 or more
   */
  public ReplyDecoder(int maxLines, PathCharset charset) {
    if (maxLines < 1) {
      throw new IllegalArgumentException("maxLines " + maxLines);
    }
    this.maxLines = maxLines;
    this.charset = charset;
  }

  /**
   * The reply that {@code line} completes; null = more lines follow.
   *
   * @throws PeerMisbehaved when a reply does not begin with {@code [1-5]dd}
   */
  public @Nullable FtpReply accept(Line line) {
    String text = charset.decode(line.octets());
    if (code == 0) {
      return first(text);
    }
    if (codeOf(text) == code && text.length() > 3 && text.charAt(3) == ' ') {
      keep(text.substring(4));
      return complete();
    }
    keep(text);
    return null;
  }

  /** Whether a reply has begun and not ended. */
  public boolean isInside() {
    return code != 0;
  }

  private @Nullable FtpReply first(String text) {
    int begun = codeOf(text);
    if (begun < 100 || begun > 599) {
      throw new PeerMisbehaved(
          "a reply must begin with a code from 100 to 599 (RFC 959 section 4.2), received: \""
              + RawName.escape(text.substring(0, Math.min(80, text.length())))
              + "\"");
    }
    code = begun;
    boolean more = text.length() > 3 && text.charAt(3) == '-';
    keep(text.length() > 4 ? text.substring(4) : "");
    return more ? null : complete();
  }

  private void keep(String text) {
    if (lines.size() < maxLines) {
      lines.add(text);
    }
  }

  private FtpReply complete() {
    FtpReply reply = new FtpReply(code, lines);
    lines.clear();
    code = 0;
    return reply;
  }

  private static int codeOf(String text) {
    if (text.length() < 3 || text.length() > 3 && " -".indexOf(text.charAt(3)) < 0) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < 3; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }
}
