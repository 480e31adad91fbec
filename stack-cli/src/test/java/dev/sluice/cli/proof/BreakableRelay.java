package dev.sluice.cli.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A path to a server on this machine that can be cut: it listens at another address on the same
 * ports. Cutting drops connections as a firewall or a cable does; new ones are accepted at once.
 */
final class BreakableRelay implements AutoCloseable {
  /** Where it listens. */
  static final String HOST = "127.0.0.2";

  private static final int PIECE = 64 * 1024;

  private final Selector selector;
  private final List<ServerSocketChannel> listeners = new ArrayList<>();
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicLong octets = new AtomicLong();

  private BreakableRelay(Selector selector) {
    this.selector = selector;
  }

  /** Listens on all ports from {@code first} to {@code last}. */
  static BreakableRelay open(int first, int last) throws IOException {
    BreakableRelay relay = new BreakableRelay(Selector.open());
    for (int port = first; port <= last; port++) {
      ServerSocketChannel listener = ServerSocketChannel.open();
      listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      listener.bind(new InetSocketAddress(HOST, port), 200);
      listener.configureBlocking(false);
      listener.register(relay.selector, SelectionKey.OP_ACCEPT, port);
      relay.listeners.add(listener);
    }
    daemon("relay-accept", relay::accept);
    return relay;
  }

  /** Octets carried so far, both ways. */
  long octets() {
    return octets.get();
  }

  /** Drops all connections, or any one of them; says how many. */
  int cut(Random random) {
    List<Link> all = new ArrayList<>(links);
    if (all.isEmpty()) {
      return 0;
    }
    List<Link> some = random.nextInt(3) == 0 ? List.of(all.get(random.nextInt(all.size()))) : all;
    boolean reset = random.nextBoolean();
    some.forEach(link -> link.drop(reset));
    return some.size();
  }

  @Override
  public void close() {
    listeners.forEach(listener -> quietly(listener::close));
    quietly(selector::close);
    links.forEach(link -> link.drop(false));
  }

  private void accept() {
    try {
      while (selector.isOpen()) {
        selector.select(
            key -> {
              try {
                SocketChannel near = ((ServerSocketChannel) key.channel()).accept();
                if (near != null) {
                  int port = (Integer) key.attachment();
                  daemon("relay-connect", () -> connect(near, port));
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
      }
    } catch (IOException | RuntimeException closed) {
      quietly(selector::close);
    }
  }

  private void connect(SocketChannel near, int port) {
    try {
      near.configureBlocking(true);
      SocketChannel far = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
      near.setOption(StandardSocketOptions.TCP_NODELAY, true);
      far.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Link link = new Link(near, far);
      links.add(link);
      daemon("relay-back", () -> carry(link, far, near));
      carry(link, near, far);
    } catch (IOException refused) {
      quietly(near::close);
    }
  }

  private void carry(Link link, SocketChannel from, SocketChannel to) {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    try {
      while (from.read(piece) >= 0) {
        octets.addAndGet(piece.flip().remaining());
        while (piece.hasRemaining()) {
          to.write(piece);
        }
        piece.clear();
      }
      to.shutdownOutput();
      link.ended();
    } catch (IOException gone) {
      link.drop(false);
    }
  }

  /** Two connections that are one for those at their ends. */
  private final class Link {
    private final SocketChannel near;
    private final SocketChannel far;
    private int open = 2;

    Link(SocketChannel near, SocketChannel far) {
      this.near = near;
      this.far = far;
    }

    synchronized void ended() {
      if (--open == 0) {
        drop(false);
      }
    }

    void drop(boolean reset) {
      links.remove(this);
      for (SocketChannel end : List.of(near, far)) {
        quietly(
            () -> {
              if (reset) {
                end.setOption(StandardSocketOptions.SO_LINGER, 0);
              }
              end.close();
            });
      }
    }
  }

  private interface Closing {
    void run() throws IOException;
  }

  private static void quietly(Closing closing) {
    try {
      closing.run();
    } catch (IOException gone) {
      // it is to be gone, and is
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
