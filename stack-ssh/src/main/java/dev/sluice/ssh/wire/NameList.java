package dev.sluice.ssh.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A {@code name-list}: names separated by commas (RFC 4251 sections 5 and 6). */
public final class NameList {
  /** RFC 4251 section 6: "Names MUST NOT be longer than 64 characters". */
  public static final int MAX_NAME_BYTES = 64;

  private NameList() {}

  public static List<String> read(ByteBuf in) {
    byte[] octets = SshString.read(in);
    List<String> names = new ArrayList<>();
    int start = 0;
    for (int end = 0; end <= octets.length && octets.length > 0; end++) {
      if (end == octets.length || octets[end] == ',') {
        names.add(name(octets, start, end));
        start = end + 1;
      }
    }
    return List.copyOf(names);
  }

  public static void write(ByteBuf out, List<String> names) {
    SshString.write(out, String.join(",", names));
  }

  /** Whether these octets may be a name, the empty one included. */
  static boolean isName(byte[] octets, int start, int end) {
    for (int i = start; i < end; i++) {
      if (octets[i] <= ' ' || octets[i] == ',' || octets[i] == 0x7F) {
        return false;
      }
    }
    return true;
  }

  private static String name(byte[] octets, int start, int end) {
    int length = end - start;
    if (length == 0 || length > MAX_NAME_BYTES || !isName(octets, start, end)) {
      throw SshViolation.protocol(
          "a name-list holds a name of " + length + " bytes or with other than printable ASCII");
    }
    return new String(octets, start, length, StandardCharsets.US_ASCII);
  }
}
