package dev.sluice.ftp.command;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.wire.LineEncoder;
import io.netty.buffer.ByteBuf;

/**
 * A line that the caller wrote, for commands that this library does not foresee.
 *
 * @param line verb and argument, without line end
 */
public record Raw(String line) implements FtpCommand {

  public Raw {
    if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0 || line.indexOf('\0') >= 0) {
      throw new FileFailure(
          FileError.INVALID_NAME,
          "a raw command cannot carry CR, LF or NUL: " + RawName.escape(line));
    }
  }

  /** {@link Verb#NOOP} stands in: a raw line has whatever verb it says. */
  @Override
  public Verb verb() {
    return Verb.NOOP;
  }

  @Override
  public String argument() {
    return line;
  }

  @Override
  public String describe() {
    String upper = line.toUpperCase(java.util.Locale.ROOT);
    if (upper.startsWith("PASS ") || upper.startsWith("ACCT ")) {
      return upper.substring(0, 4) + " ****";
    }
    return RawName.escape(line);
  }

  @Override
  public void encode(ByteBuf out, PathCharset charset) {
    LineEncoder.write(charset.encode(line), out);
    LineEncoder.endLine(out);
  }

  @Override
  public String toString() {
    return "Raw[" + describe() + "]";
  }
}
