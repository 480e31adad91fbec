package dev.sluice.docs.walk;

import dev.sluice.tls.record.ContentType;
import dev.sluice.tls.record.RecordFramer;
import dev.sluice.tls.record.TlsRecordHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The records of a connection of TLS 1.3, sorted by what they must be: the content type of a sealed
 * record is sealed, too.
 *
 * @param clientHello the first of the client's
 * @param serverHello the first of the server's
 * @param serverFlight what the server sends behind it before the client's Finished
 * @param clientFlight what the client sends up to its Finished
 * @param rest what follows, in the order in which it went by
 */
record TlsTalk(
    Entry clientHello,
    Entry serverHello,
    List<Entry> serverFlight,
    List<Entry> clientFlight,
    List<Entry> rest) {

  /**
   * Octets of a sealed record that are not plaintext: a content type, the zeros with which the JDK
   * pads each record (RFC 8446 section 5.4), and a tag.
   */
  static final int OVERHEAD = 1 + 16 + 16;

  private static final int ALERT = 2;

  /**
   * A record.
   *
   * @param at when the last of it went by
   */
  record Entry(Side from, ContentType type, byte[] octets, int at) {
    /** Octets of plaintext in a sealed record of the JDK. */
    int plain() {
      return octets.length - TlsRecordHeader.OCTETS - OVERHEAD;
    }

    /** By its length: no command, reply or ticket is as short. */
    boolean isCloseNotify() {
      return plain() == ALERT;
    }
  }

  /** Sorts what went by behind the octets of either side from before TLS. */
  static TlsTalk of(Tap.Talk talk, int clearOfClient, int clearOfServer) {
    List<Entry> client = records(Side.CLIENT, talk, clearOfClient);
    List<Entry> server = records(Side.SERVER, talk, clearOfServer);
    int finished = 1;
    while (client.get(finished).type() != ContentType.APPLICATION_DATA) {
      finished++;
    }
    int handshakeEnd = client.get(finished).at();
    List<Entry> flight = server.stream().skip(1).filter(e -> e.at() < handshakeEnd).toList();
    List<Entry> rest = new ArrayList<>(client.subList(finished + 1, client.size()));
    rest.addAll(server.subList(1 + flight.size(), server.size()));
    rest.sort(Comparator.comparingInt(Entry::at));
    return new TlsTalk(
        client.get(0), server.get(0), flight, client.subList(1, finished + 1), List.copyOf(rest));
  }

  /** What one side sent behind the handshake. */
  List<Entry> rest(Side side) {
    return rest.stream().filter(entry -> entry.from() == side).toList();
  }

  private static List<Entry> records(Side side, Tap.Talk talk, int clear) {
    RecordFramer framer = new RecordFramer(side == Side.CLIENT);
    List<Entry> records = new ArrayList<>();
    ByteBuf waiting = Unpooled.buffer();
    int skip = clear;
    List<Tap.Chunk> chunks = talk.chunks();
    for (int at = 0; at < chunks.size(); at++) {
      if (chunks.get(at).from() == side) {
        waiting.writeBytes(chunks.get(at).octets());
        int now = Math.min(skip, waiting.readableBytes());
        waiting.skipBytes(now);
        skip -= now;
        cut(side, framer, waiting, at, records);
      }
    }
    if (waiting.isReadable()) {
      throw new IllegalStateException("part of a record at the end");
    }
    return records;
  }

  private static void cut(Side side, RecordFramer framer, ByteBuf in, int at, List<Entry> records) {
    for (TlsRecordHeader header = framer.next(in); header != null; header = framer.next(in)) {
      byte[] octets = new byte[TlsRecordHeader.OCTETS + header.length()];
      in.readBytes(octets);
      records.add(new Entry(side, header.type(), octets, at));
    }
  }
}
