package dev.sluice.ssh.wire;

import java.nio.charset.StandardCharsets;

/** Text that a peer wrote for people: banners, prompts, descriptions (RFC 4251 section 9.2). */
public final class PeerText {
  private static final char REPLACEMENT = '\uFFFD';

  private PeerText() {}

  /**
   * The octets as UTF-8. What is not UTF-8, and every control character but TAB, CR and LF, becomes
   * U+FFFD, so that no text moves the cursor of a terminal.
   */
  public static String decode(byte[] octets) {
    String text = new String(octets, StandardCharsets.UTF_8);
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      safe.append(isSafe(c) ? c : REPLACEMENT);
    }
    return safe.toString();
  }

  private static boolean isSafe(char c) {
    return c == '\t' || c == '\r' || c == '\n' || !Character.isISOControl(c);
  }
}
