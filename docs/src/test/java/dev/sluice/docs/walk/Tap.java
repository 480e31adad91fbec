package dev.sluice.docs.walk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stands between clients and servers on loopback and keeps every octet that goes by.
 *
 * <p>It listens on 127.0.0.2 and connects to the same port of 127.0.0.1: so what a server says
 * about its ports is true for the client, too, and nothing has to be rewritten on the way.
 */
final class Tap implements AutoCloseable {
  /** The address to connect to. */
  static final String HOST = "127.0.0.2";

  private static final String SERVER = "127.0.0.1";

  private final List<ServerSocket> listeners = new ArrayList<>();

  /** What one side sent at one time. */
  record Chunk(Side from, byte[] octets) {}

  /** A port that is listened to. */
  static final class Line {
    private final int port;
    private final List<Talk> talks = new ArrayList<>();

    Line(int port) {
      this.port = port;
    }

    int port() {
      return port;
    }

    /** Its connections, in the order in which they were made; waits until the last has ended. */
    synchronized List<Talk> talks(Duration limit) {
      talks.forEach(talk -> talk.awaitEnd(limit));
      return List.copyOf(talks);
    }

    private synchronized void add(Talk talk) {
      talks.add(talk);
    }
  }

  /** One connection. */
  static final class Talk {
    private final List<Chunk> chunks = new ArrayList<>();
    private final CountDownLatch ends = new CountDownLatch(2);

    /** All that went by, in the order in which it did. */
    synchronized List<Chunk> chunks() {
      return List.copyOf(chunks);
    }

    /** All that one side sent. */
    byte[] from(Side side) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      chunks().stream()
          .filter(chunk -> chunk.from() == side)
          .forEach(c -> all.writeBytes(c.octets));
      return all.toByteArray();
    }

    private synchronized void add(Chunk chunk) {
      chunks.add(chunk);
    }

    private void awaitEnd(Duration limit) {
      try {
        if (!ends.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException("a connection has not ended within " + limit);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Begins to listen on {@link #HOST}, with the number of the server's port. */
  Line listen(int port) {
    return listen(HOST, port, port);
  }

  /** Listens on a free port of the server's own address, for who compares addresses. */
  Line beside(int port) {
    return listen(SERVER, 0, port);
  }

  private Line listen(String host, int port, int target) {
    try {
      ServerSocket listener = new ServerSocket(port, 50, InetAddress.getByName(host));
      listeners.add(listener);
      Line line = new Line(listener.getLocalPort());
      daemon(() -> accept(listener, target, line));
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    listeners.forEach(Tap::quietly);
  }

  private static void accept(ServerSocket listener, int target, Line line) {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket();
        server.connect(new InetSocketAddress(SERVER, target));
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Talk talk = new Talk();
        line.add(talk);
        daemon(() -> relay(client, server, Side.CLIENT, talk));
        daemon(() -> relay(server, client, Side.SERVER, talk));
      }
    } catch (IOException closed) {
      quietly(listener);
    }
  }

  private static void relay(Socket from, Socket to, Side side, Talk talk) {
    byte[] buffer = new byte[64 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        byte[] octets = Arrays.copyOf(buffer, length);
        talk.add(new Chunk(side, octets));
        out.write(octets);
      }
      to.shutdownOutput();
    } catch (IOException reset) {
      quietly(from);
      quietly(to);
    } finally {
      talk.ends.countDown();
    }
  }

  private static void quietly(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception ignored) {
      // it is to be closed, and is
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "tap");
    thread.setDaemon(true);
    thread.start();
  }
}
