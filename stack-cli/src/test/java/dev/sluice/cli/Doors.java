package dev.sluice.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Servers that say what they were made to say, and nothing else. */
final class Doors implements AutoCloseable {
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(400, TimeUnit.MILLISECONDS);

  private final List<Closeable> open = new ArrayList<>();

  @Override
  public void close() throws IOException {
    for (Closeable each : open) {
      each.close();
    }
  }

  /**
   * Says {@code words} to everybody, and answers each command from the table, or with 502.
   *
   * @param words null = hangs up at once
   * @param replies by verb; one that begins with {@code ~} comes after a while
   */
  int open(String words, Map<String, String> replies) throws IOException {
    ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    List<Socket> callers = new CopyOnWriteArrayList<>();
    open.add(listener);
    open.add(() -> callers.forEach(Doors::hangUp));
    thread(
        () -> {
          while (true) {
            Socket caller = listener.accept();
            callers.add(caller);
            thread(() -> serve(caller, words, replies));
          }
        });
    return listener.getLocalPort();
  }

  private static void serve(Socket caller, String words, Map<String, String> replies)
      throws IOException {
    if (words == null) {
      caller.close();
      return;
    }
    caller.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
    InputStream in = caller.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      if (octet == '\n' && !words.isEmpty()) {
        String verb = line.toString().strip().split(" ")[0];
        String reply = replies.getOrDefault(verb, "502 not here");
        boolean late = reply.startsWith("~");
        byte[] octets =
            (reply.substring(late ? 1 : 0) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        if (late) {
          LATER.execute(() -> write(caller, octets));
        } else {
          caller.getOutputStream().write(octets);
        }
        line.setLength(0);
      } else {
        line.append((char) octet);
      }
    }
  }

  private static void thread(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The caller has left, or the door is closed.
              }
            },
            "door");
    thread.setDaemon(true);
    thread.start();
  }

  private static void write(Socket caller, byte[] octets) {
    try {
      caller.getOutputStream().write(octets);
    } catch (IOException e) {
      hangUp(caller);
    }
  }

  private static void hangUp(Socket caller) {
    try {
      caller.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }

  private interface Work {
    void run() throws IOException;
  }
}
