package dev.sluice.api.storage;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.SessionClosed;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The octets of a file that still knows its file. Code that sends them unchanged may let the kernel
 * send them ({@link #send}) without reading them. For all other code it is a stream like any other.
 *
 * <p>Reactor's operators hide the file; the operators of this class keep it.
 */
public final class FileContent extends Flux<ByteBuf> {
  private static final long FIRST_SLICE = 256L << 10;
  private static final long MIN_SLICE = 64L << 10;
  private static final long MAX_SLICE = 8L << 20;

  /** How long a slice should take, and thus how often the counter sees progress. */
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Mono<? extends FileHandle> open;
  private final ByteRange range;
  private final LongConsumer counter;
  private final Mono<Void> last;

  private FileContent(
      Mono<? extends FileHandle> open, ByteRange range, LongConsumer counter, Mono<Void> last) {
    this.open = open;
    this.range = range;
    this.counter = counter;
    this.last = last;
  }

  /**
   * The content of a file.
   *
   * @param open opens the file, once for each use; the handle is closed after the use
   */
  public static FileContent of(Mono<? extends FileHandle> open, ByteRange range) {
    return new FileContent(open, range, octets -> {}, Mono.empty());
  }

  /** {@code content}; {@code counter} is given the number of octets that were passed on or sent. */
  public static Flux<ByteBuf> counted(Publisher<? extends ByteBuf> content, LongConsumer counter) {
    return content instanceof FileContent file
        ? new FileContent(file.open, file.range, file.counter.andThen(counter), file.last)
        : Flux.<ByteBuf>from(content).doOnNext(buffer -> counter.accept(buffer.readableBytes()));
  }

  /** {@code content}; {@code observer} hears why it cannot be read, and nothing of its use. */
  public static Flux<ByteBuf> observed(
      Publisher<? extends ByteBuf> content, Consumer<Throwable> observer) {
    return content instanceof FileContent file
        ? new FileContent(file.open.doOnError(observer), file.range, file.counter, file.last)
        : Flux.<ByteBuf>from(content).doOnError(observer);
  }

  /** {@code content}, followed by the completion or error of {@code last}. */
  public static Flux<ByteBuf> ending(Publisher<? extends ByteBuf> content, Mono<Void> last) {
    return content instanceof FileContent file
        ? new FileContent(file.open, file.range, file.counter, file.last.then(last))
        : Flux.<ByteBuf>from(content).concatWith(last.then(Mono.empty()));
  }

  @Override
  public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
    Flux.usingWhen(open, handle -> handle.read(range), FileHandle::close)
        .doOnNext(buffer -> counter.accept(buffer.readableBytes()))
        .concatWith(last.then(Mono.empty()))
        .subscribe(actual);
  }

  /**
   * Sends the octets unchanged: slice after slice of the file, each counted after it was sent; or
   * as a stream if the file lends no channel.
   *
   * <p>As with a stream, the file's length at the time of each slice counts: a file that grows is
   * sent completely, a file that shrinks is sent as far as it goes.
   */
  public Mono<Void> send(Slices slices, Function<Flux<ByteBuf>, Mono<Void>> stream) {
    return Mono.usingWhen(
            open,
            handle ->
                handle.lends()
                    ? new Sending(handle, slices).run()
                    : stream.apply(counted(handle.read(range), counter)),
            FileHandle::close)
        .then(last);
  }

  /** Sends a part of a file. */
  public interface Slices {
    /** Completes when all of it has been sent. */
    Mono<Void> send(FileHandle file, long position, long length);
  }

  /** One slice after the other; a slice is finished before the next is prepared. */
  private final class Sending {
    private final FileHandle file;
    private final Slices slices;
    private long done;
    private long next = FIRST_SLICE;

    Sending(FileHandle file, Slices slices) {
      this.file = file;
      this.slices = slices;
    }

    Mono<Void> run() {
      return Mono.defer(this::slice).repeat().takeUntil(sent -> sent == 0).then();
    }

    /** How many octets were sent; 0 = the file has no more. */
    private Mono<Long> slice() {
      long size = size();
      if (done == 0 && range.start() > size) {
        String message = "offset " + range.start() + " in a file of " + size;
        return Mono.error(new FileFailure(FileError.OUT_OF_RANGE, message));
      }
      long length = Math.min(next, range.lengthWithin(size) - done);
      if (length <= 0) {
        return Mono.just(0L);
      }
      long start = System.nanoTime();
      return slices
          .send(file, range.start() + done, length)
          .then(Mono.fromSupplier(() -> sent(length, System.nanoTime() - start)));
    }

    private long sent(long length, long nanos) {
      done += length;
      next =
          nanos < SLICE_NANOS / 2
              ? Math.min(next * 2, MAX_SLICE)
              : nanos > SLICE_NANOS * 2 ? Math.max(next / 2, MIN_SLICE) : next;
      counter.accept(length);
      return length;
    }

    private long size() {
      try (FileLoan loan =
          file.lend().orElseThrow(() -> new SessionClosed("the file was closed"))) {
        return loan.channel().size();
      } catch (IOException e) {
        throw new FileFailure(FileError.IO_ERROR, "the size is not known: " + e.getMessage(), e);
      }
    }
  }
}
