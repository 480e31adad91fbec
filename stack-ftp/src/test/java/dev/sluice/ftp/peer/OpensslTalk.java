package dev.sluice.ftp.peer;

import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An {@code openssl} that is spoken to while it runs: a line goes to its peer, except for the
 * single letters that are orders, such as {@code K} for an update of keys. It is killed when it is
 * still there after half a minute.
 */
public final class OpensslTalk implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final Process process;
  private final InputStream output;
  private final StringBuilder unread = new StringBuilder();

  private OpensslTalk(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(Peers.program("openssl").toString()));
    command.addAll(arguments);
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new PeerFailure("cannot start " + command, e);
    }
    output = process.getInputStream();
    CompletableFuture.delayedExecutor(DEADLINE.toSeconds(), TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
  }

  /** A client of a server of ours, by AUTH TLS. */
  public static OpensslTalk client(int port, Path authority, String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("s_client", "-connect", "127.0.0.1:" + port, "-starttls", "ftp"));
    all.addAll(List.of("-crlf", "-verify_return_error", "-CAfile", authority.toString()));
    all.addAll(List.of(arguments));
    return new OpensslTalk(all);
  }

  /** A server of TLS from the first octet. */
  public static OpensslTalk server(Path certificate, Path key, String... arguments) {
    List<String> all = new ArrayList<>(List.of("s_server", "-accept", "127.0.0.1:0", "-crlf"));
    all.addAll(List.of("-cert", certificate.toString(), "-key", key.toString()));
    all.addAll(List.of(arguments));
    return new OpensslTalk(all);
  }

  /** The port of a server. */
  public int port() {
    await("ACCEPT 127.0.0.1:");
    return Integer.parseInt(line());
  }

  /** Says a line, or gives an order. */
  public void say(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new PeerFailure("openssl is gone: " + unread, e);
    }
  }

  /** Reads through the next {@code text}. */
  public void await(String text) {
    while (unread.indexOf(text) < 0) {
      readSome(text);
    }
    unread.delete(0, unread.indexOf(text) + text.length());
  }

  /** The next line. */
  public String line() {
    while (unread.indexOf("\n") < 0) {
      readSome("a line");
    }
    int end = unread.indexOf("\n");
    String line = unread.substring(0, end).strip();
    unread.delete(0, end + 1);
    return line;
  }

  private void readSome(String awaited) {
    byte[] some = new byte[4096];
    try {
      int octets = output.read(some);
      if (octets < 0) {
        throw new PeerFailure("openssl ended before " + awaited + ": " + unread);
      }
      unread.append(new String(some, 0, octets, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new PeerFailure("openssl ended before " + awaited + ": " + unread, e);
    }
  }

  @Override
  public void close() {
    Program.kill(process);
  }
}
