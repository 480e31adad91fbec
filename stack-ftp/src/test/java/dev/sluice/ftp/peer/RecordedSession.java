package dev.sluice.ftp.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A control connection that is worked by hand and writes down what went over it.
 *
 * <p>{@code C: } a line that we sent, {@code S: } a line that the server sent, {@code D: } a line
 * that came over a data connection, {@code # } what happened besides. One thread.
 */
final class RecordedSession implements AutoCloseable {
  private static final int REPLY_MILLIS = 10_000;
  private static final int QUIET_MILLIS = 1500;
  private static final int SLOW_MILLIS = 500;
  private static final int LONGEST_LINE = 4096;
  private static final Pattern EXTENDED_PASSIVE = Pattern.compile("229 .*\\|\\|\\|(\\d+)\\|.*");

  private final StringBuilder record = new StringBuilder();
  private final String host;
  private final Socket control;

  RecordedSession(ServerPeer server) throws IOException {
    host = server.host();
    control = new Socket(host, server.port());
    control.setTcpNoDelay(true);
  }

  String record() {
    return record.toString();
  }

  void note(String text) {
    record.append("# ").append(text).append('\n');
  }

  void data(String line) {
    record.append("D: ").append(line).append('\n');
  }

  void login(String user, String password) throws IOException {
    reply();
    command("USER " + user);
    command("PASS " + password);
  }

  String command(String line) throws IOException {
    send(line);
    return reply();
  }

  /** Sends commands, which may be several lines, in one segment. */
  void send(String lines) throws IOException {
    lines.lines().forEach(line -> record.append("C: ").append(line).append('\n'));
    write(lines.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Sends ABOR as RFC 959 section 4.1.3 says: Telnet IP and Synch before it. */
  void sendTelnetAbort() throws IOException {
    note("Telnet IAC IP, IAC DM with the IAC as urgent data, then:");
    record.append("C: ABOR\n");
    control.getOutputStream().write(new byte[] {(byte) 0xff, (byte) 0xf4});
    control.sendUrgentData(0xff);
    control.getOutputStream().write(0xf2);
    write("ABOR".getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads one whole reply and returns its last line, or an empty string when none comes. */
  String reply() throws IOException {
    return reply(REPLY_MILLIS);
  }

  String reply(int limitMillis) throws IOException {
    long start = System.nanoTime();
    control.setSoTimeout(limitMillis);
    try {
      String line = line();
      if (line.length() > 3 && line.charAt(3) == '-') {
        String last = line.substring(0, 3) + " ";
        do {
          line = line();
        } while (!line.startsWith(last));
      }
      noteDelay(start);
      return line;
    } catch (SocketTimeoutException e) {
      note("no reply within " + limitMillis + " ms");
      return "";
    } catch (IOException e) {
      note("the control connection has ended");
      return "";
    }
  }

  /** Reads replies until none comes for a while. */
  void repliesUntilQuiet() throws IOException {
    while (!reply(QUIET_MILLIS).isEmpty()) {
      Thread.onSpinWait();
    }
  }

  /** Opens a passive data connection with a small receive buffer. */
  Socket openData() throws IOException {
    Socket data = new Socket();
    data.setReceiveBufferSize(8192);
    data.setSoTimeout(REPLY_MILLIS);
    data.connect(new InetSocketAddress(host, passivePort()), REPLY_MILLIS);
    return data;
  }

  int passivePort() throws IOException {
    String reply = command("EPSV");
    Matcher matcher = EXTENDED_PASSIVE.matcher(reply);
    if (!matcher.matches()) {
      throw new PeerFailure("no port in " + reply);
    }
    return Integer.parseInt(matcher.group(1));
  }

  /**
   * Runs a command whose data is lines of text, and writes those down.
   *
   * <p>It closes its own end before it waits for the reply: ProFTPD waits for that, up to 10 s.
   */
  void listing(String command) throws IOException {
    String begun;
    try (Socket data = openData()) {
      begun = command(command);
      if (begun.startsWith("1")) {
        new String(data.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .forEach(this::data);
      }
    }
    if (begun.startsWith("1")) {
      reply();
    }
  }

  /** Reads some of a download and leaves the rest with the server. */
  void readSome(Socket data, int bytes) throws IOException {
    note("data: read " + data.getInputStream().readNBytes(bytes).length + " bytes, then stop");
  }

  /** Reads all that is left of a download. */
  void drain(Socket data) {
    long total = 0;
    try (InputStream in = data.getInputStream()) {
      byte[] buffer = new byte[65_536];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
      }
      note("data: read " + total + " more bytes, then the end");
    } catch (IOException e) {
      note("data: read " + total + " more bytes, then " + e.getMessage());
    }
  }

  /** Shows that the session can still be used. */
  void aftermath() throws IOException {
    note("is the session usable?");
    command("PWD");
    listing("LIST small.txt");
    command("QUIT");
  }

  @Override
  public void close() throws IOException {
    control.close();
  }

  private void noteDelay(long start) {
    long millis = (System.nanoTime() - start) / 1_000_000;
    if (millis > SLOW_MILLIS) {
      note("it came after " + millis + " ms");
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = octet(); b != '\n'; b = octet()) {
      if (bytes.size() == LONGEST_LINE) {
        throw new PeerFailure("a reply line is longer than " + LONGEST_LINE + " bytes");
      }
      bytes.write(b);
    }
    String text = bytes.toString(StandardCharsets.UTF_8).replaceFirst("\r$", "");
    record.append("S: ").append(text).append('\n');
    return text;
  }

  private int octet() throws IOException {
    int b = control.getInputStream().read();
    if (b < 0) {
      throw new IOException("end of the control connection");
    }
    return b;
  }

  private void write(byte[] line) throws IOException {
    byte[] whole = Arrays.copyOf(line, line.length + 2);
    whole[line.length] = '\r';
    whole[line.length + 1] = '\n';
    control.getOutputStream().write(whole);
    control.getOutputStream().flush();
  }
}
