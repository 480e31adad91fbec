package dev.sluice.ftp.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.LineEnding;
import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.wire.Line;
import dev.sluice.ftp.wire.LineDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Any octets from a server: replies that we could send ourselves, or an error. */
final class ReplyDecoderFuzzTest {
  private static final int MAX_LINES = 50;

  @FuzzTest
  void whatIsReadIsAReply(byte[] wire) {
    List<FtpReply> replies = read(Unpooled.wrappedBuffer(wire));
    if (replies == null) {
      return;
    }
    for (FtpReply reply : replies) {
      assertThat(reply.code()).isBetween(100, 599);
      assertThat(reply.lines()).hasSizeBetween(1, MAX_LINES);
      ByteBuf again = Unpooled.buffer();
      ReplyEncoder.write(reply, again);
      assertThat(read(again)).hasSize(1).first().extracting(FtpReply::code).isEqualTo(reply.code());
    }
  }

  private static @Nullable List<FtpReply> read(ByteBuf wire) {
    LineDecoder lines = new LineDecoder(4096, LineEnding.LENIENT);
    ReplyDecoder decoder = new ReplyDecoder(MAX_LINES, PathCharset.UTF_8);
    List<FtpReply> replies = new ArrayList<>();
    lines.receive(wire);
    try {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        FtpReply reply = decoder.accept(line);
        if (reply != null) {
          replies.add(reply);
        }
      }
      return replies;
    } catch (PeerMisbehaved expected) {
      return null;
    }
  }
}
