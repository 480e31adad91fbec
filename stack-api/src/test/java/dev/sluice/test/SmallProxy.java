package dev.sluice.test;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** HTTP CONNECT and SOCKS5 without login, told apart by the first octet. */
public final class SmallProxy implements AutoCloseable {
  private final List<String> targets = new CopyOnWriteArrayList<>();
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  private final ExecutorService threads = Executors.newCachedThreadPool();

  public SmallProxy() throws IOException {
    threads.execute(this::accept);
  }

  /** Where it listens on the loopback address. */
  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }

  /** Host and port of each connection asked for. */
  public List<String> targets() {
    return targets;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        threads.execute(() -> relay(client));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void relay(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      int first = in.readUnsignedByte();
      try (Socket server = first == 5 ? socks(in, client) : http(in, client)) {
        threads.execute(() -> pump(in, server));
        pump(server.getInputStream(), client);
      }
    } catch (IOException broken) {
      // the client notices
    }
  }

  private Socket socks(DataInputStream in, Socket client) throws IOException {
    in.readNBytes(in.readUnsignedByte());
    client.getOutputStream().write(new byte[] {5, 0});
    int kind = in.readInt() & 0xFF;
    String host =
        kind == 1
            ? InetAddress.getByAddress(in.readNBytes(4)).getHostAddress()
            : new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
    Socket server = open(host, in.readUnsignedShort());
    client.getOutputStream().write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    return server;
  }

  private Socket http(DataInputStream in, Socket client) throws IOException {
    StringBuilder head = new StringBuilder("C");
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    String[] target = head.toString().split(" ", 3)[1].split(":", 2);
    Socket server = open(target[0], Integer.parseInt(target[1]));
    client.getOutputStream().write("HTTP/1.1 200 ok\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return server;
  }

  private Socket open(String host, int port) throws IOException {
    targets.add(host + ":" + port);
    return new Socket(host, port);
  }

  private static void pump(InputStream from, Socket to) {
    try {
      from.transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException broken) {
      // the other side notices
    }
  }
}
