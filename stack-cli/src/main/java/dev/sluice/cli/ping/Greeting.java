package dev.sluice.cli.ping;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/**
 * What answers at an address.
 *
 * @param kind of server
 * @param words its first line, without control characters; empty if it said nothing
 */
public record Greeting(Kind kind, String words) {
  private static final int LONGEST = 512;

  /** A kind of server, by what it says first. */
  public enum Kind {
    FTP("an FTP server"),
    FTPS("an FTP server over TLS"),
    SSH("an SSH server"),
    HTTP("a web server"),
    TLS("a server over TLS that is no FTP server"),
    /** It has hung up without a word. */
    CLOSED("a server that hangs up without a word"),
    SILENT("a server that says nothing"),
    OTHER("a server of some other kind");

    private final String name;

    Kind(String name) {
      this.name = name;
    }

    /** As in the middle of a sentence. */
    public String inWords() {
      return name;
    }
  }

  /**
   * Connects, up to four times, and listens.
   *
   * @param patience the longest wait for each step
   * @throws IOException when there is no connection
   */
  public static Greeting of(InetSocketAddress address, Duration patience) throws IOException {
    try (Socket socket = connected(address, patience)) {
      String words = line(socket.getInputStream());
      return new Greeting(kind(words), words);
    } catch (SocketTimeoutException silent) {
      return asked(address, patience);
    }
  }

  static Socket connected(InetSocketAddress address, Duration patience) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, Math.toIntExact(patience.toMillis()));
      socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Some speak only after they were spoken to. */
  private static Greeting asked(InetSocketAddress address, Duration patience) throws IOException {
    try (SSLSocket socket = TlsLook.handshake(connected(address, patience), address)) {
      try {
        String words = line(socket.getInputStream());
        return new Greeting(words.startsWith("220") ? Kind.FTPS : Kind.TLS, words);
      } catch (SocketTimeoutException silent) {
        return new Greeting(Kind.TLS, "");
      }
    } catch (IOException noTls) {
      return asHttp(address, patience);
    }
  }

  private static Greeting asHttp(InetSocketAddress address, Duration patience) throws IOException {
    try (Socket socket = connected(address, patience)) {
      socket.getOutputStream().write("HEAD / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String words = line(socket.getInputStream());
      return new Greeting(words.startsWith("HTTP/") ? Kind.HTTP : Kind.SILENT, words);
    } catch (SocketTimeoutException silent) {
      return new Greeting(Kind.SILENT, "");
    }
  }

  private static Kind kind(String words) {
    if (words.startsWith("SSH-")) {
      return Kind.SSH;
    }
    if (words.matches("[1-5][0-9][0-9][ -].*")) {
      return Kind.FTP;
    }
    if (words.startsWith("HTTP/")) {
      return Kind.HTTP;
    }
    return words.isEmpty() ? Kind.CLOSED : Kind.OTHER;
  }

  /** A line, or what there is of it at the end of the stream. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      if (octet >= ' ' && octet < 127) {
        line.append((char) octet);
      }
      if (line.length() == LONGEST) {
        break;
      }
    }
    return line.toString();
  }
}
