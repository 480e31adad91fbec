package dev.sluice.docs.walk;

import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.LineEnding;
import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.reply.ReplyDecoder;
import dev.sluice.ftp.wire.Line;
import dev.sluice.ftp.wire.LineDecoder;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A control connection of FTP: commands, and the replies to each, however they were timed.
 *
 * @param greeting the lines before the first command
 * @param exchanges in the order of the commands
 */
record ControlTalk(Answer greeting, List<Exchange> exchanges) {

  /** A reply: its lines as they were sent, and what the codec makes of them. */
  record Answer(List<byte[]> lines, FtpReply reply) {}

  /** A command line as it was sent, and its replies, the final one last. */
  record Exchange(byte[] command, List<Answer> answers) {
    /** The first word. */
    String word() {
      String line = new String(command, StandardCharsets.US_ASCII).strip();
      int space = line.indexOf(' ');
      return space < 0 ? line : line.substring(0, space);
    }
  }

  /** Cuts what each side has sent. */
  static ControlTalk of(byte[] client, byte[] server) {
    List<Answer> answers = answers(lines(server));
    List<Exchange> exchanges = new ArrayList<>();
    int next = 1;
    for (byte[] command : lines(client)) {
      List<Answer> own = new ArrayList<>();
      do {
        own.add(answers.get(next++));
      } while (own.get(own.size() - 1).reply().isPreliminary());
      exchanges.add(new Exchange(command, own));
    }
    if (next != answers.size()) {
      throw new IllegalStateException(
          "replies to nothing: " + answers.subList(next, answers.size()));
    }
    return new ControlTalk(answers.get(0), exchanges);
  }

  private static List<Answer> answers(List<byte[]> lines) {
    ReplyDecoder decoder = new ReplyDecoder(1000, PathCharset.UTF_8);
    List<Answer> answers = new ArrayList<>();
    List<byte[]> open = new ArrayList<>();
    for (byte[] line : lines) {
      open.add(line);
      FtpReply reply = decoder.accept(decoded(line));
      if (reply != null) {
        answers.add(new Answer(List.copyOf(open), reply));
        open.clear();
      }
    }
    return answers;
  }

  private static Line decoded(byte[] octets) {
    LineDecoder decoder = new LineDecoder(octets.length, LineEnding.STRICT);
    decoder.receive(Unpooled.wrappedBuffer(octets));
    Line line = decoder.next();
    if (line == null) {
      throw new IllegalStateException("a line without an end: " + Arrays.toString(octets));
    }
    return line;
  }

  /** The lines, their ends included. */
  private static List<byte[]> lines(byte[] octets) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] == '\n') {
        lines.add(Arrays.copyOfRange(octets, start, i + 1));
        start = i + 1;
      }
    }
    if (start != octets.length) {
      throw new IllegalStateException("octets behind the last line");
    }
    return lines;
  }
}
