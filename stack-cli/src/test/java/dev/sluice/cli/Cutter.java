package dev.sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A path to a port that carries some octets of the first connections either way, and cuts them. */
final class Cutter implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final int cut;
  private final long carried;
  private final AtomicInteger connections = new AtomicInteger();

  /**
   * @param cut so many connections
   * @param carried octets of each of them, either way; 0 = none
   */
  Cutter(int target, int cut, long carried) throws IOException {
    this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    this.target = target;
    this.cut = cut;
    this.carried = carried;
    daemon(this::accept);
  }

  /** {@code name} over this path. */
  String url(String name) {
    return "sftp://ann:pw@127.0.0.1:" + listener.getLocalPort() + "/" + name;
  }

  int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    quietly(listener::close);
  }

  private void accept() throws IOException {
    while (true) {
      Socket near = listener.accept();
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      long most = connections.incrementAndGet() <= cut ? carried : Long.MAX_VALUE;
      daemon(() -> carry(near, far, most));
      daemon(() -> carry(far, near, most));
    }
  }

  private static void carry(Socket from, Socket to, long most) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[64 * 1024];
      long left = most;
      for (int n = in.read(piece); n >= 0 && left > 0; n = in.read(piece)) {
        out.write(piece, 0, n);
        left -= n;
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread = new Thread(() -> quietly(work), "cutter");
    thread.setDaemon(true);
    thread.start();
  }

  private static void quietly(Work work) {
    try {
      work.run();
    } catch (IOException | UncheckedIOException e) {
      // The other end is gone, which is what this is about.
    }
  }
}
