package dev.sluice.client.blocking;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/**
 * A file of a server as a stream. {@link #close} commits: it returns when the file is complete
 * under its name. After a write that failed, an interrupt and {@link #abandon}, nothing is
 * committed. No more is held than the server asks for, and one buffer.
 */
public final class RemoteOutput extends OutputStream {
  private static final int CHUNK = 64 * 1024;

  private final String name;
  private final BlockingOptions waits;
  private final Object lock = new Object();
  private final byte[] buffer = new byte[CHUNK];
  private int filled;
  private @Nullable FluxSink<ByteBuf> sink;
  private @Nullable Waiting<Void> written;
  private long demand;
  private boolean over;
  private boolean closed;

  private RemoteOutput(String name, BlockingOptions waits) {
    this.name = name;
    this.waits = waits;
  }

  /**
   * Starts to write.
   *
   * @param write takes the content, as {@code content -> session.write(file, mode, content)}
   */
  static RemoteOutput of(
      Function<Publisher<ByteBuf>, Mono<Void>> write, String name, BlockingOptions waits) {
    RemoteOutput output = new RemoteOutput(name, waits);
    Flux<ByteBuf> content = Flux.create(output::attach);
    output.written = Waiting.start(write.apply(content).doFinally(how -> output.wake()));
    return output;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, from.length);
    requireOpen();
    int at = offset;
    int left = length;
    while (left > 0) {
      int taken = Math.min(left, CHUNK - filled);
      System.arraycopy(from, at, buffer, filled, taken);
      filled += taken;
      at += taken;
      left -= taken;
      if (filled == CHUNK) {
        flush();
      }
    }
  }

  /** Sends what is buffered; the server may still hold it back. */
  @Override
  public void flush() throws IOException {
    requireOpen();
    if (filled > 0) {
      byte[] octets = Arrays.copyOf(buffer, filled);
      filled = 0;
      try {
        send(octets);
      } catch (IOException e) {
        abandon();
        throw e;
      }
    }
  }

  /** Commits, unless a write has failed before; returns when the file is complete. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    try {
      flush();
      end();
      Waiting.requireMayWait();
      written().await(waits.verb(), "the end of " + name);
    } catch (IOException | RuntimeException e) {
      abandon();
      throw e;
    } finally {
      closed = true;
    }
  }

  /** Ends the write without a file under the final name. {@link #close} then does nothing. */
  public void abandon() {
    closed = true;
    synchronized (lock) {
      over = true;
      lock.notifyAll();
    }
    written().cancel();
  }

  private void requireOpen() throws IOException {
    Waiting.requireMayWait();
    if (closed) {
      throw new IOException(name + " is closed");
    }
  }

  private void attach(FluxSink<ByteBuf> to) {
    synchronized (lock) {
      sink = to;
      lock.notifyAll();
    }
    to.onRequest(this::ask);
    to.onDispose(this::wake);
  }

  private void ask(long more) {
    synchronized (lock) {
      demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
      lock.notifyAll();
    }
  }

  private void wake() {
    synchronized (lock) {
      over = true;
      lock.notifyAll();
    }
  }

  private void send(byte[] octets) throws IOException {
    FluxSink<ByteBuf> to = await(true, name + " to take octets");
    if (to == null) {
      written().await(waits.verb(), "the end of " + name);
      throw new IOException(name + " was ended before all was written");
    }
    to.next(Unpooled.wrappedBuffer(octets));
  }

  /** An empty file is one whose content is not asked for. */
  private void end() throws IOException {
    FluxSink<ByteBuf> to = await(false, "the start of " + name);
    if (to != null) {
      to.complete();
    }
  }

  /**
   * Waits until the server wants a content, or more of it; null = it wants nothing any more. The
   * result of the write is not waited for here, since event loops take the lock.
   */
  private @Nullable FluxSink<ByteBuf> await(boolean more, String what) throws IOException {
    long end = System.nanoTime() + waits.stall().toNanos();
    synchronized (lock) {
      try {
        while (!over && (sink == null || (more && demand == 0))) {
          long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
          if (left <= 0) {
            throw new SocketTimeoutException(
                "timed out after %d ms waiting for: %s".formatted(waits.stall().toMillis(), what));
          }
          lock.wait(left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Waiting.interrupted(what);
      }
      if (over) {
        return null;
      }
      demand -= more ? 1 : 0;
      return sink;
    }
  }

  private Waiting<Void> written() {
    return Objects.requireNonNull(written, "started");
  }
}
