package dev.sluice.ftp.client;

import dev.sluice.test.OwnThread;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One control connection that says what a test wrote down, for what no real server does. */
public final class ScriptedServer implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 20_000;

  private final ServerSocket listener;
  private final ServerSocket data;
  private final CompletableFuture<Void> run;
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  /** What the server does with the connection. */
  public interface Script {
    void play(Talk talk) throws IOException;
  }

  public ScriptedServer(Script script) throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    listener = new ServerSocket(0, 1, loopback);
    data = new ServerSocket(0, 5, loopback);
    listener.setSoTimeout(DEADLINE_MILLIS);
    data.setSoTimeout(DEADLINE_MILLIS);
    run = CompletableFuture.runAsync(() -> serve(script), new OwnThread("scripted-server"));
  }

  public int port() {
    return listener.getLocalPort();
  }

  int dataPort() {
    return data.getLocalPort();
  }

  /** The command lines that came. */
  public List<String> heard() {
    return List.copyOf(heard);
  }

  /** Waits for the script to end, and fails when it did. */
  public void finish() throws InterruptedException, ExecutionException, TimeoutException {
    run.get(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    data.close();
  }

  private void serve(Script script) {
    try (Socket control = listener.accept()) {
      control.setSoTimeout(DEADLINE_MILLIS);
      control.setTcpNoDelay(true);
      script.play(new Talk(control));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server's side of the connection. */
  public final class Talk {
    private Socket control;
    private BufferedReader in;
    private OutputStream out;

    Talk(Socket control) throws IOException {
      this.control = control;
      open();
    }

    private void open() throws IOException {
      in =
          new BufferedReader(
              new InputStreamReader(control.getInputStream(), StandardCharsets.ISO_8859_1));
      out = control.getOutputStream();
    }

    /** Becomes the server of TLS on this connection. */
    public void startTls(SSLContext context) throws IOException {
      control = secure(context, control);
      open();
    }

    /** The server's side of TLS on a connection. */
    public SSLSocket secure(SSLContext context, Socket connection) throws IOException {
      SSLSocket secured =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(connection, "client", connection.getPort(), true);
      secured.setUseClientMode(false);
      return secured;
    }

    public void say(String... lines) throws IOException {
      out.write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /** The next command; null at the end. */
    public String hear() throws IOException {
      String line = in.readLine();
      if (line != null) {
        heard.add(line);
      }
      return line;
    }

    /** Answers commands one after the other; what is not foreseen gets 200. */
    public void answer(String... replies) throws IOException {
      for (String reply : replies) {
        if (hear() == null) {
          return;
        }
        say(reply);
      }
    }

    /** Greets, lets the client in, lists no features. */
    public void welcome() throws IOException {
      say("220 ready");
      answer("331 password?", "230 in", "502 no FEAT");
    }

    /** Answers TYPE and EPSV. */
    public void offerData() throws IOException {
      answer("200 binary", "229 here (|||" + dataPort() + "|)");
    }

    int dataPort() {
      return ScriptedServer.this.dataPort();
    }

    public Socket data() throws IOException {
      Socket accepted = data.accept();
      accepted.setSoTimeout(DEADLINE_MILLIS);
      return accepted;
    }

    /** Hears commands until the client is gone; answers none but QUIT. */
    public void untilGone() throws IOException {
      try {
        for (String line = hear(); line != null; line = hear()) {
          if (line.equals("QUIT")) {
            say("221 bye");
            return;
          }
        }
      } catch (IOException reset) {
        heard.add("(" + reset.getMessage() + ")");
      }
    }
  }
}
