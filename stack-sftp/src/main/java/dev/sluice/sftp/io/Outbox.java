package dev.sluice.sftp.io;

import dev.sluice.sftp.message.Dialect;
import dev.sluice.sftp.message.SftpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * Packets on their way to a channel, which asks for their octets as it has room. One subscriber;
 * everything happens on the channel's thread. The code that adds packets bounds their number by
 * {@link #octets()}.
 */
public final class Outbox extends Flux<ByteBuf> implements Subscription {
  private final ByteBufAllocator allocator;
  private final Runnable drained;
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
  private @Nullable CoreSubscriber<? super ByteBuf> subscriber;
  private long octets;
  private long demand;
  private boolean completed;
  private boolean done;
  private boolean emitting;

  /**
   * @param drained runs when octets have left; what it adds follows, and does not call it deeper
   */
  public Outbox(ByteBufAllocator allocator, Runnable drained) {
    this.allocator = allocator;
    this.drained = drained;
  }

  /** Takes the packet, its payload included. */
  public void add(SftpPacket packet, Dialect dialect) {
    ByteBuf payload = packet.payload();
    if (done || completed) {
      payload.release();
      return;
    }
    enqueue(packet.header(allocator, dialect));
    enqueue(payload);
    emit();
  }

  /** Octets that wait. */
  public long octets() {
    return octets;
  }

  /** Nothing follows what waits. */
  public void complete() {
    completed = true;
    emit();
  }

  @Override
  public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
    if (subscriber != null) {
      Operators.error(actual, new IllegalStateException("a stream has one subscriber"));
      return;
    }
    subscriber = actual;
    actual.onSubscribe(this);
    emit();
  }

  @Override
  public void request(long n) {
    if (Operators.validate(n)) {
      demand = Operators.addCap(demand, n);
      emit();
    }
  }

  @Override
  public void cancel() {
    done = true;
    waiting.forEach(ByteBuf::release);
    waiting.clear();
    octets = 0;
  }

  private void enqueue(ByteBuf data) {
    if (data.isReadable()) {
      octets += data.readableBytes();
      waiting.add(data);
    } else {
      data.release();
    }
  }

  private void emit() {
    CoreSubscriber<? super ByteBuf> actual = subscriber;
    if (actual == null || emitting || done) {
      return;
    }
    emitting = true;
    while (drain(actual) && !isLast()) {
      drained.run();
    }
    emitting = false;
    if (isLast() && !done) {
      done = true;
      actual.onComplete();
    }
  }

  /** Returns whether anything has left. */
  private boolean drain(CoreSubscriber<? super ByteBuf> actual) {
    boolean left = false;
    while (demand > 0 && !waiting.isEmpty()) {
      ByteBuf data = waiting.remove();
      octets -= data.readableBytes();
      demand--;
      left = true;
      actual.onNext(data);
    }
    return left;
  }

  private boolean isLast() {
    return completed && waiting.isEmpty();
  }
}
