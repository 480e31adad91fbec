package dev.sluice.ftp.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A control connection spoken by hand: what is said goes out as it stands, what comes back is read
 * line by line. Every wait ends after ten seconds.
 */
public final class FtpTalk implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final Pattern EPSV = Pattern.compile("\\(\\|\\|\\|(\\d+)\\|\\)");

  private final Socket raw;
  private Socket socket;
  private final Answer greeting;

  /**
   * A reply as it came.
   *
   * @param code of the last line; 0 = the connection ended
   * @param lines as received, codes included
   */
  public record Answer(int code, List<String> lines) {
    public String first() {
      return lines.get(0);
    }

    String last() {
      return lines.get(lines.size() - 1);
    }

    /** The lines between the first and the last. */
    List<String> inner() {
      return lines.subList(1, lines.size() - 1);
    }
  }

  public FtpTalk(InetSocketAddress server) {
    try {
      raw = new Socket();
      socket = raw;
      socket.setTcpNoDelay(true);
      socket.connect(server, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      greeting = hear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Answer greeting() {
    return greeting;
  }

  public FtpTalk login(String user, String password) {
    expect(331, "USER " + user);
    expect(230, "PASS " + password);
    expect(200, "TYPE I");
    return this;
  }

  /** Sends a line and hears one reply. */
  public Answer say(String line) {
    send(line);
    return hear();
  }

  /** Sends a line, which must be answered with this code. */
  public Answer expect(int code, String line) {
    Answer answer = say(line);
    if (answer.code != code) {
      throw new AssertionError("expected " + code + " to " + line + " but heard " + answer.lines);
    }
    return answer;
  }

  /** Hears a reply, which must have this code. */
  public Answer expect(int code) {
    Answer answer = hear();
    if (answer.code != code) {
      throw new AssertionError("expected " + code + " but heard " + answer.lines);
    }
    return answer;
  }

  /** Sends a line and waits for nothing. */
  public void send(String line) {
    sendOctets((line + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  public void sendOctets(byte... octets) {
    try {
      socket.getOutputStream().write(octets);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next reply; code 0 when the server has closed. */
  public Answer hear() {
    try {
      List<String> lines = new ArrayList<>();
      String line = readLine();
      if (line == null) {
        return new Answer(0, List.of("closed"));
      }
      lines.add(line);
      if (line.length() > 3 && line.charAt(3) == '-') {
        String end = line.substring(0, 3) + " ";
        do {
          line = readLine();
          lines.add(line);
        } while (line != null && !line.startsWith(end));
      }
      return new Answer(Integer.parseInt(lines.get(0).substring(0, 3)), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Encrypts the connection with a handshake of its own, or one that resumes what {@code context}
   * has from this server.
   */
  public FtpTalk startTls(SSLContext context) {
    socket = secure(context, raw, false);
    return this;
  }

  /** Encrypts a data connection of this session; the handshake has still to be begun. */
  public SSLSocket secure(SSLContext context, Socket connection) {
    return secure(context, new SamePort(connection, raw.getPort()), true);
  }

  private static SSLSocket secure(SSLContext context, Socket connection, boolean closesIt) {
    try {
      return (SSLSocket)
          context
              .getSocketFactory()
              .createSocket(connection, "localhost", connection.getPort(), closesIt);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** AUTH, the handshake, PBSZ and PROT P. */
  public FtpTalk secured(SSLContext context) {
    expect(234, "AUTH TLS");
    startTls(context);
    expect(200, "PBSZ 0");
    expect(200, "PROT P");
    return this;
  }

  /** The connection as it is now. */
  public Socket socket() {
    return socket;
  }

  /** Ends TLS, which the server has ended before, and goes on in clear. */
  public void endTls() {
    try {
      socket.close();
      socket = raw;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the server has closed, with nothing more to say. */
  public boolean isClosed() {
    return hear().code == 0;
  }

  /** A connection to the port that EPSV answers. */
  public Socket passive() {
    return connectTo(epsv());
  }

  /** The port that EPSV answers. */
  public int epsv() {
    Matcher port = EPSV.matcher(expect(229, "EPSV").first());
    if (!port.find()) {
      throw new AssertionError("no port in the 229 reply");
    }
    return Integer.parseInt(port.group(1));
  }

  /** A connection to some port of the server. */
  public Socket connectTo(int port) {
    try {
      Socket data = new Socket(socket.getInetAddress(), port);
      data.setSoTimeout(TIMEOUT_MILLIS);
      return data;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command that sends data to us, through its final reply 226. */
  public byte[] download(String command) {
    try (Socket data = passive()) {
      int code = say(command).code;
      if (code != 150 && code != 125) {
        throw new AssertionError(command + " was answered " + code);
      }
      byte[] octets = data.getInputStream().readAllBytes();
      expect(226);
      return octets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a listing. */
  public List<String> listing(String command) {
    String text = new String(download(command), StandardCharsets.UTF_8);
    return text.isEmpty() ? List.of() : List.of(text.split("\r\n"));
  }

  /** Runs a command that takes data from us; the final reply. */
  public Answer upload(String command, byte[] octets) {
    try (Socket data = passive()) {
      int code = say(command).code;
      if (code != 150 && code != 125) {
        throw new AssertionError(command + " was answered " + code);
      }
      data.getOutputStream().write(octets);
      data.shutdownOutput();
      return hear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A listener of ours, for active mode. */
  public static ServerSocket listener() {
    try {
      ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
      listener.setSoTimeout(TIMEOUT_MILLIS);
      return listener;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    hangUp();
  }

  /** Ends the connection without a word. */
  public void hangUp() {
    try {
      raw.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        return null;
      }
      if (octet != '\r') {
        line.write(octet);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
