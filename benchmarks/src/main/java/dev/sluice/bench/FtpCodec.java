package dev.sluice.bench;

import dev.sluice.ftp.Dialect;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.LineEnding;
import dev.sluice.ftp.ListingOptions;
import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.listing.LineSplitter;
import dev.sluice.ftp.listing.ListingParser;
import dev.sluice.ftp.reply.ReplyDecoder;
import dev.sluice.ftp.wire.Line;
import dev.sluice.ftp.wire.LineDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What FTP writes and reads over and over, on one thread, with its own inputs. */
final class FtpCodec {
  private static final int LONGEST_LINE = 4096;
  private static final int MOST_LINES = 1000;

  private final LineDecoder lines = new LineDecoder(LONGEST_LINE, LineEnding.LENIENT);
  private final ReplyDecoder replies = new ReplyDecoder(MOST_LINES, PathCharset.UTF_8);
  private final FtpCommand command = new OnPath(Verb.RETR, "some/directory/file.txt");
  private final ByteBuf commandLine = text("RETR some/directory/file.txt\r\n");
  private final ByteBuf replyLine = text("226 Transfer complete\r\n");
  private final ByteBuf mlsd =
      text("modify=20240102030405;size=4096;type=file; file-00001.txt\r\n");
  private final ByteBuf unix =
      text("-rw-r--r--   1 ann      users        4096 Jan  2 03:04 file-00001.txt\r\n");
  private final ByteBuf out = Unpooled.buffer(256);

  /** A line of the control connection. */
  Line line() {
    lines.receive(commandLine.readerIndex(0));
    return Objects.requireNonNull(lines.next());
  }

  /** A reply of one line, from its octets on. */
  FtpReply reply() {
    lines.receive(replyLine.readerIndex(0));
    return Objects.requireNonNull(replies.accept(Objects.requireNonNull(lines.next())));
  }

  /** A command as octets. */
  int command() {
    command.encode(out.clear(), PathCharset.UTF_8);
    return out.readableBytes();
  }

  /** {@code count} lines of MLSD. */
  int mlsd(int count) {
    return listing(mlsd, Dialect.MLSD, count);
  }

  /** {@code count} lines of {@code ls -l}. */
  int unix(int count) {
    return listing(unix, Dialect.UNIX, count);
  }

  private static int listing(ByteBuf octets, Dialect dialect, int count) {
    ListingParser parser = ListingParser.create(ListingOptions.DEFAULT.withDialect(dialect));
    LineSplitter splitter = new LineSplitter();
    int found = 0;
    for (int i = 0; i < count; i++) {
      Line line = Objects.requireNonNull(splitter.next(octets.readerIndex(0)));
      found += parser.accept(line).size();
    }
    return found;
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }
}
