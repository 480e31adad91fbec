package dev.sluice.ftp.client;

import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.storage.FileContent;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * The user's side of a stream: the reader of what the session delivers, or the publisher of what it
 * writes. Reports whether that side must act next, so that a request that waits for the stream does
 * not wait for itself.
 */
final class UserSide {
  private final String doing;
  private final boolean reads;
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong moves = new AtomicLong();
  private volatile boolean begun;
  private volatile boolean ended;

  private UserSide(String doing, boolean reads) {
    this.doing = doing;
    this.reads = reads;
  }

  /**
   * The reader of what comes from the server.
   *
   * @param verb what happens to {@code path}, as {@code listed}
   */
  static UserSide reader(RemotePath path, String verb) {
    return new UserSide(
        RawName.escape(path.toString()) + " is being " + verb + " and waits for its reader", true);
  }

  /** The publisher of what goes to the server. */
  static UserSide content(RemotePath path) {
    return new UserSide(
        RawName.escape(path.toString()) + " is being written and waits for its content", false);
  }

  /** Follows {@code items}. */
  <T> Flux<T> watch(Flux<T> items) {
    return items
        .doOnSubscribe(subscription -> begun = true)
        .doOnRequest(n -> asked.accumulateAndGet(n, Operators::addCap))
        .doOnNext(item -> moved())
        .doOnTerminate(() -> ended = true);
  }

  /** Follows {@code content}; a file on disk needs no user to act. */
  Publisher<? extends ByteBuf> watchContent(Publisher<? extends ByteBuf> content) {
    return content instanceof FileContent ? content : watch(Flux.<ByteBuf>from(content));
  }

  /** Whether nothing goes on until the user acts. Any thread. */
  boolean isNext() {
    boolean wanted = asked.get() > 0;
    return begun && !ended && (reads ? !wanted : wanted);
  }

  /** Grows with each item that passes. */
  long moves() {
    return moves.get();
  }

  /** For people: {@code /a is being read and waits for its reader}. */
  String describe() {
    return doing;
  }

  private void moved() {
    moves.incrementAndGet();
    asked.updateAndGet(n -> n == Long.MAX_VALUE || n == 0 ? n : n - 1);
  }
}
