package dev.sluice.sftp.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A path to a server on loopback that takes time: each octet arrives half a round trip later, and
 * no faster than the path carries. What is on the way is held in memory, so that the path is as
 * long as it claims; a sender is held back only by what the path carries, and by a queue in front
 * of it. Plain threads, two for each direction of a connection.
 */
public final class Relay implements AutoCloseable {
  private static final int PIECE = 64 * 1024;
  private static final long QUEUE_NANOS = 20_000_000; // what waits in front of a narrow path

  private final ServerSocket listener;
  private final int target;
  private final long delayNanos;
  private final double octetsPerNano;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicLong there = new AtomicLong();
  private final AtomicLong back = new AtomicLong();
  private final AtomicLong delivered = new AtomicLong();
  private boolean holding;
  private boolean wentOn;

  private Relay(ServerSocket listener, int target, Duration roundTrip, long bitsPerSecond) {
    this.listener = listener;
    this.target = target;
    this.delayNanos = roundTrip.toNanos() / 2;
    this.octetsPerNano = bitsPerSecond / 8.0 / 1e9;
  }

  /**
   * A path to a port of loopback.
   *
   * @param roundTrip there and back
   * @param bitsPerSecond in each direction
   */
  public static Relay to(int port, Duration roundTrip, long bitsPerSecond) {
    try {
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Relay relay = new Relay(listener, port, roundTrip, bitsPerSecond);
      daemon("relay-accept", relay::accept);
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** From now on the client hears nothing, until {@link #goOn}; what the server sends waits. */
  public void hold() {
    synchronized (delivered) {
      holding = !wentOn;
    }
  }

  /** Delivers what waits, and holds nothing any more. */
  public void goOn() {
    synchronized (delivered) {
      wentOn = true;
      holding = false;
      delivered.notifyAll();
    }
  }

  /** Octets that the client has sent so far. */
  public long sent() {
    return there.get();
  }

  /** Octets that the server has sent and the client has not received. */
  public long underWayBack() {
    return back.get() - delivered.get();
  }

  @Override
  public void close() {
    goOn();
    quietly(listener::close);
    sockets.forEach(socket -> quietly(socket::close));
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listener.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        sockets.addAll(List.of(near, far));
        new Direction(near, far, there, false).start("relay-there");
        new Direction(far, near, back, true).start("relay-back");
      }
    } catch (IOException closed) {
      close();
    }
  }

  private record Piece(byte[] octets, int length, long dueNanos) {}

  /** One way of a connection: a reader that stamps what it reads, a writer that waits for it. */
  private final class Direction {
    private final Socket from;
    private final Socket to;
    private final ArrayDeque<Piece> onTheWay = new ArrayDeque<>();
    private final ArrayDeque<byte[]> spare = new ArrayDeque<>();
    private final AtomicLong carried;
    private final boolean back;
    private boolean ended;

    Direction(Socket from, Socket to, AtomicLong carried, boolean back) {
      this.from = from;
      this.to = to;
      this.carried = carried;
      this.back = back;
    }

    void start(String name) {
      daemon(name + "-in", this::read);
      daemon(name + "-out", this::write);
    }

    private void read() {
      long free = System.nanoTime(); // when the path has carried all that it was given
      try (InputStream in = from.getInputStream()) {
        while (true) {
          byte[] octets = buffer();
          int length = in.read(octets);
          if (length < 0) {
            break;
          }
          long now = System.nanoTime();
          free = Math.max(free, now) + (long) (length / octetsPerNano);
          put(new Piece(octets, length, free + delayNanos));
          carried.addAndGet(length);
          LockSupport.parkNanos(free - now - QUEUE_NANOS);
        }
      } catch (IOException closed) {
        // the other side hears of it below
      }
      put(null);
    }

    private void write() {
      try (OutputStream out = to.getOutputStream()) {
        for (Piece piece = take(); piece != null; piece = take()) {
          for (long left = piece.dueNanos - System.nanoTime();
              left > 0;
              left = piece.dueNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
          }
          if (back) {
            awaitGoOn();
            delivered.addAndGet(piece.length);
          }
          out.write(piece.octets, 0, piece.length);
          giveBack(piece.octets);
        }
      } catch (IOException closed) {
        quietly(from::close);
      }
    }

    private void awaitGoOn() {
      synchronized (delivered) {
        while (holding) {
          try {
            delivered.wait();
          } catch (InterruptedException e) {
            return;
          }
        }
      }
    }

    private synchronized byte[] buffer() {
      byte[] octets = spare.poll();
      return octets == null ? new byte[PIECE] : octets;
    }

    private synchronized void giveBack(byte[] octets) {
      spare.add(octets);
    }

    private synchronized void put(Piece piece) {
      if (piece == null) {
        ended = true;
      } else {
        onTheWay.add(piece);
      }
      notifyAll();
    }

    private synchronized Piece take() {
      while (onTheWay.isEmpty() && !ended) {
        try {
          wait();
        } catch (InterruptedException e) {
          return null;
        }
      }
      return onTheWay.poll();
    }
  }

  private interface Closing {
    void run() throws IOException;
  }

  private static void quietly(Closing closing) {
    try {
      closing.run();
    } catch (IOException ignored) {
      // it is to be closed, and is
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
