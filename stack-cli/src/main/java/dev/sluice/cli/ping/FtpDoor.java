package dev.sluice.cli.ping;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What an FTP server answers to a name, before it has seen a password. Blocks. */
final class FtpDoor {
  private static final int MOST_LINES = 64;

  private FtpDoor() {}

  /**
   * The last line of the reply to USER.
   *
   * @param scheme ftp, ftpes or ftps
   * @param patience the longest wait for each step
   */
  static String answer(String scheme, InetSocketAddress address, String user, Duration patience)
      throws IOException {
    Socket plain = Greeting.connected(address, patience);
    return switch (scheme) {
      case "ftp" -> answer(plain, user, true);
      case "ftps" -> answer(TlsLook.handshake(plain, address), user, true);
      default -> answer(TlsLook.begun(plain, address), user, false);
    };
  }

  private static String answer(Socket socket, String user, boolean greets) throws IOException {
    try (socket) {
      BufferedReader in = reader(socket);
      if (greets) {
        reply(in);
      }
      String line = "USER " + user.replaceAll("[\r\n]", "") + "\r\n";
      socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      return reply(in);
    }
  }

  static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  /** The last line of a reply (RFC 959 section 4.2). */
  static String reply(BufferedReader in) throws IOException {
    for (int i = 0; i < MOST_LINES; i++) {
      String line = in.readLine();
      if (line == null) {
        throw new IOException("the server has hung up");
      }
      if (line.matches("[1-5][0-9][0-9] .*")) {
        return line;
      }
    }
    throw new IOException("a reply of more than " + MOST_LINES + " lines");
  }
}
