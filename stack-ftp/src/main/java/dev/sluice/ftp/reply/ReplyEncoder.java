package dev.sluice.ftp.reply;

import dev.sluice.api.RawName;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.wire.LineEncoder;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Replies as octets of the control connection; {@link ReplyDecoder} reads them. */
public final class ReplyEncoder {
  private ReplyEncoder() {}

  /**
   * Writes a reply. Control characters in the text are escaped so that it forges no reply line, and
   * an inner line that begins like a code gets a space before it.
   */
  public static void write(FtpReply reply, ByteBuf out) {
    List<String> lines = reply.lines();
    int code = reply.code();
    int last = lines.size() - 1;
    for (int i = 0; i <= last; i++) {
      String line = RawName.onOneLine(lines.get(i));
      if (i == last) {
        line(code + " " + line, out);
      } else if (i == 0) {
        line(code + "-" + line, out);
      } else {
        line(startsLikeCode(line) ? " " + line : line, out);
      }
    }
  }

  private static void line(String line, ByteBuf out) {
    LineEncoder.write(RawName.encode(line), out);
    LineEncoder.endLine(out);
  }

  private static boolean startsLikeCode(String line) {
    byte[] head = line.substring(0, Math.min(3, line.length())).getBytes(StandardCharsets.UTF_8);
    return head.length == 3 && isDigit(head[0]) && isDigit(head[1]) && isDigit(head[2]);
  }

  private static boolean isDigit(byte octet) {
    return octet >= '0' && octet <= '9';
  }
}
