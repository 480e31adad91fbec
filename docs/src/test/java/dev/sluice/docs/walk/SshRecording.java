package dev.sluice.docs.walk;

import dev.sluice.docs.walk.PacketRecorder.Packet;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One connection of SSH: the identification lines, the packets in clear, and those behind NEWKEYS.
 *
 * @param lines client's and server's, their ends included
 * @param clear packets up to NEWKEYS, the client's and the server's by turns
 * @param sealed packets behind, as the client saw them
 */
record SshRecording(Map<Side, byte[]> lines, List<Packet> clear, List<Packet> sealed) {
  private static final int NEWKEYS = 21;

  /** Puts what was seen on the wire beside what the client's cipher did, which must be the same. */
  static SshRecording of(Tap.Talk talk, List<Packet> sealed) {
    Part client = Part.of(Side.CLIENT, talk.from(Side.CLIENT), sealed);
    Part server = Part.of(Side.SERVER, talk.from(Side.SERVER), sealed);
    Map<Side, byte[]> lines = new EnumMap<>(Side.class);
    lines.put(Side.CLIENT, client.line);
    lines.put(Side.SERVER, server.line);
    List<Packet> clear = new ArrayList<>();
    for (int i = 0; i < Math.max(client.clear.size(), server.clear.size()); i++) {
      clear.addAll(client.clear.subList(i, Math.min(i + 1, client.clear.size())));
      clear.addAll(server.clear.subList(i, Math.min(i + 1, server.clear.size())));
    }
    return new SshRecording(lines, clear, sealed);
  }

  /** What one side has sent. */
  private record Part(byte[] line, List<Packet> clear) {
    static Part of(Side side, byte[] sent, List<Packet> sealed) {
      int at = new String(sent, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
      byte[] line = Arrays.copyOf(sent, at);
      List<Packet> clear = new ArrayList<>();
      boolean keys = false;
      while (!keys) {
        int length = 4 + ByteBuffer.wrap(sent, at, 4).getInt();
        byte[] packet = Arrays.copyOfRange(sent, at, at + length);
        clear.add(new Packet(side, clear.size(), packet, packet));
        at += length;
        keys = clear.get(clear.size() - 1).number() == NEWKEYS;
      }
      ByteArrayOutputStream rest = new ByteArrayOutputStream();
      sealed.stream()
          .filter(packet -> packet.from() == side)
          .forEach(p -> rest.writeBytes(p.sealed()));
      byte[] seen = rest.toByteArray();
      // What a server says to a client that is leaving is not read any more.
      int end = side == Side.SERVER ? Math.min(at + seen.length, sent.length) : sent.length;
      if (!Arrays.equals(Arrays.copyOfRange(sent, at, end), seen)) {
        throw new IllegalStateException("the packets of the " + side + " are not what was sent");
      }
      return new Part(line, clear);
    }
  }
}
