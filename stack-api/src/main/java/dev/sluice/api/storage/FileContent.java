package dev.sluice.api.storage;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.SessionClosed;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The octets of a file, whose file is not forgotten: who sends them unchanged may have the kernel
 * send them ({@link #send}) and never see them. To anybody else it is a stream like any other.
 *
 * <p>An operator of Reactor hides the file. Those of this class do not, where there is one.
 */
public final class FileContent extends Flux<ByteBuf> {
  private static final long FIRST_SLICE = 256L << 10;
  private static final long MIN_SLICE = 64L << 10;
  private static final long MAX_SLICE = 8L << 20;

  /** What a slice should take: so often whoever counts hears of progress. */
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
   * What is in a file.
   *
   * @param open opens it, once for each use; the handle is closed behind that
   */
  public static FileContent of(Mono<? extends FileHandle> open, ByteRange range) {
    return new FileContent(open, range, octets -> {}, Mono.empty());
  }

  /** {@code content}; {@code counter} hears of octets that are passed on, or sent. */
  public static Flux<ByteBuf> counted(Publisher<? extends ByteBuf> content, LongConsumer counter) {
    return content instanceof FileContent file
        ? new FileContent(file.open, file.range, file.counter.andThen(counter), file.last)
        : Flux.<ByteBuf>from(content).doOnNext(buffer -> counter.accept(buffer.readableBytes()));
  }

  /** {@code content}, which ends as {@code last} does. */
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
   * Has the octets sent as they are: slice after slice of the file, each counted when it is out;
   * where the file lends nothing, as a stream.
   *
   * <p>As with a stream, octets count that are there when their turn comes: a file that grows is
   * sent whole, one that shrinks as far as it goes.
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
    /** Completes when all of it is out. */
    Mono<Void> send(FileHandle file, long position, long length);
  }

  /** One slice after the other, none under way when the next is looked for. */
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

    /** How many octets were sent; 0 = there are no more. */
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
