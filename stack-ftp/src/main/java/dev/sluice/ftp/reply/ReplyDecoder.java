package dev.sluice.ftp.reply;

import dev.sluice.api.OtherProtocol;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.RawName;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.wire.Line;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assembles lines into replies (RFC 959 section 4.2).
 *
 * <p>A reply of many lines ends at a line that begins with the same code and a space, or is the
 * code alone. Lines beyond {@code maxLines} are read and dropped, so the stream stays in step.
 */
public final class ReplyDecoder {
  private final int maxLines;
  private final PathCharset charset;
  private final List<String> lines = new ArrayList<>();
  private int code;
  private int otherCode;

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
    boolean isLast = isLastLine(text);
    otherCode = isLast ? codeOf(text) : 0;
    if (isLast && otherCode == code) {
      keep(text.substring(Math.min(4, text.length())));
      return complete();
    }
    keep(text);
    return null;
  }

  /** Whether a reply has begun and not ended. */
  public boolean isInside() {
    return code != 0;
  }

  /**
   * Whether the line that came last would end a reply, but has another code than the first line.
   * Such a line is text of the reply (RFC 959 section 4.2) unless nothing follows: some gateways
   * end a reply that way.
   */
  public boolean mayHaveEnded() {
    return code != 0 && otherCode != 0;
  }

  /** Ends the reply at its last line; the code of that line becomes the code of the reply. */
  public FtpReply endAtOtherCode() {
    int last = lines.size() - 1;
    String text = lines.get(last);
    lines.set(last, text.substring(Math.min(4, text.length())));
    code = otherCode;
    return complete();
  }

  private @Nullable FtpReply first(String text) {
    int begun = codeOf(text);
    if (begun < 100 || begun > 599) {
      OtherProtocol.answered(text)
          .ifPresent(
              other -> {
                throw other;
              });
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
    otherCode = 0;
    return reply;
  }

  /** Three digits alone end a reply as well: blanks at the end of a line are often stripped. */
  private static boolean isLastLine(String text) {
    int value = codeOf(text);
    return value >= 100 && value <= 599 && (text.length() == 3 || text.charAt(3) == ' ');
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
