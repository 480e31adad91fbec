package dev.sluice.ftp.command;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.wire.LineEncoder;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * A command (RFC 959 section 5.3), typed by the shape of its argument: {@link Verb} says what it
 * does and how its argument is read.
 */
public interface FtpCommand {

  Verb verb();

  /** The argument as it stands on the wire; empty = none. */
  String argument();

  /** The line for people and logs: secrets masked, controls escaped. */
  default String describe() {
    String argument = argument();
    return argument.isEmpty() ? verb().name() : verb() + " " + RawName.escape(argument);
  }

  /**
   * Writes the command line.
   *
   * @throws FileFailure {@code INVALID_NAME} when the argument holds an LF or NUL, which would end
   *     the line for some servers (command injection), or characters the charset lacks; nothing is
   *     written then
   */
  default void encode(ByteBuf out, PathCharset charset) {
    String argument = argument();
    if (argument.indexOf('\n') >= 0 || argument.indexOf('\0') >= 0) {
      throw new FileFailure(
          FileError.INVALID_NAME,
          "an FTP command cannot carry a line feed or NUL: " + RawName.escape(describe()));
    }
    byte[] octets = charset.encode(argument);
    out.writeCharSequence(verb().name(), StandardCharsets.US_ASCII);
    if (octets.length > 0) {
      out.writeByte(' ');
      LineEncoder.write(octets, out);
    }
    LineEncoder.endLine(out);
  }
}
