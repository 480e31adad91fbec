package dev.sluice.client.transfer;

import dev.sluice.api.AtomicRefusal;
import dev.sluice.api.AttributeChange;
import dev.sluice.api.AttributesRefused;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.FileContent;
import dev.sluice.client.pool.PooledFiles;
import dev.sluice.client.transfer.CopyOptions.Placement;
import dev.sluice.client.transfer.Progress.Outcome;
import dev.sluice.client.transfer.Progress.Remark;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/** The copy of one file from one tree to another. */
record FileCopy(
    FileOperations from, RemotePath source, FileOperations to, RemotePath target, Pace pace) {

  /** A copy as fast as can be. */
  FileCopy(FileOperations from, RemotePath source, FileOperations to, RemotePath target) {
    this(from, source, to, target, Pace.FREE);
  }

  /**
   * Copies from octet {@code start} on, writing in {@code mode}; {@code total} is for the record.
   */
  Flux<Progress> run(long start, long total, WriteMode mode) {
    return Flux.create(
        sink -> {
          Run run = new Run(sink, start, total);
          run.begin(run.write(mode, AttributeChange.none()));
        },
        FluxSink.OverflowStrategy.LATEST);
  }

  /** Copies the whole file as the options say. */
  Flux<Progress> run(FileEntry original, CopyOptions options) {
    AttributeChange kept = options.kept().of(original.attributes(), to.capabilities());
    return Flux.create(
        sink -> {
          Run run = new Run(sink, 0, original.size());
          run.begin(run.placed(options.placement(), kept).then(compared(options)));
        },
        FluxSink.OverflowStrategy.LATEST);
  }

  /** Continues at octet {@code start} of a file that already has its final name. */
  Flux<Progress> goOn(long start, FileEntry original, CopyOptions options) {
    AttributeChange kept = options.kept().of(original.attributes(), to.capabilities());
    WriteMode mode = start == 0 ? WriteMode.inPlace() : WriteMode.at(start);
    return Flux.create(
        sink -> {
          Run run = new Run(sink, start, original.size());
          run.begin(run.write(mode, kept).then(compared(options)));
        },
        FluxSink.OverflowStrategy.LATEST);
  }

  /** A session that moves one file at a time cannot read one and write another. */
  @Nullable FileFailure refusal() {
    if (from != to) {
      return null;
    }
    if (from instanceof PooledFiles pool && pool.most() < 2) {
      return new FileFailure(
          FileError.UNSUPPORTED,
          source,
          "a copy within a pool takes two sessions, and it has one: use PoolOptions.most(2)");
    }
    return from.capabilities().contains(Capability.PARALLEL_TRANSFERS)
        ? null
        : new FileFailure(
            FileError.UNSUPPORTED,
            source,
            "this session moves one file at a time; copy between two sessions");
  }

  /** Signals a failure if the copy is to be verified and differs. */
  Mono<Void> compared(CopyOptions options) {
    return options.verified()
        ? Mono.defer(() -> Verification.same(from, source, to, target))
            .flatMap(
                same ->
                    same
                        ? Mono.empty()
                        : Mono.error(
                            new FileFailure(
                                FileError.IO_ERROR,
                                target,
                                "differs from its source "
                                    + RawName.escape(source.toString())
                                    + " after the transfer")))
        : Mono.empty();
  }

  /** One attempt, or two if the first one shows that the tree needs another way. */
  private final class Run {
    private final FluxSink<Progress> sink;
    private final long start;
    private final long total;
    private final AtomicReference<@Nullable Remark> remark = new AtomicReference<>();
    private volatile long done;
    private volatile boolean unreadable;

    Run(FluxSink<Progress> sink, long start, long total) {
      this.sink = sink;
      this.start = start;
      this.total = total;
    }

    void begin(Mono<Void> writing) {
      Disposable running =
          writing
              .contextWrite(sink.contextView())
              .subscribe(
                  null,
                  sink::error,
                  () -> {
                    sink.next(progress(Outcome.COMPLETE, remark.get()));
                    sink.complete();
                  });
      sink.onDispose(running);
    }

    Mono<Void> placed(Placement placement, AttributeChange kept) {
      if (placement == Placement.IN_PLACE) {
        return write(WriteMode.inPlace(), kept);
      }
      Mono<Void> atomic = write(WriteMode.replace(), kept);
      return placement == Placement.ATOMIC
          ? atomic
          : atomic.onErrorResume(FileFailure.class, refused -> inPlace(refused, kept));
    }

    /** The same octets once more, if the tree may have refused only the temporary name. */
    private Mono<Void> inPlace(FileFailure refused, AttributeChange kept) {
      if (unreadable || !AtomicRefusal.isIn(refused)) {
        return Mono.error(refused);
      }
      return write(WriteMode.inPlace(), kept)
          .doOnSuccess(
              done ->
                  remark.compareAndSet(
                      null,
                      new Remark(Remark.Kind.WRITTEN_IN_PLACE, AtomicRefusal.reason(refused))));
    }

    Mono<Void> write(WriteMode mode, AttributeChange kept) {
      return TransferBudget.process()
          .hold(total, Mono.defer(() -> to.write(target, mode, content(), kept)))
          .onErrorResume(
              AttributesRefused.class,
              why -> {
                remark.set(new Remark(Remark.Kind.ATTRIBUTES_NOT_KEPT, why.cause().detail()));
                return Mono.empty();
              });
    }

    private Flux<ByteBuf> content() {
      done = start;
      Flux<ByteBuf> octets =
          FileContent.observed(
              from.read(source, ByteRange.from(start)), failure -> unreadable = true);
      Flux<ByteBuf> counted = FileContent.counted(pace.of(octets), this::count);
      return FileContent.ending(counted, Mono.defer(this::whole));
    }

    /** Called by one thread at a time. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void count(long octets) {
      done += octets;
      sink.next(new Progress(target, done, total, Outcome.RUNNING));
    }

    /**
     * The last check before the target counts as written: all promised octets must have arrived.
     */
    private Mono<Void> whole() {
      return done >= total
          ? Mono.empty()
          : Mono.error(
              new FileFailure(
                  FileError.INTERRUPTED,
                  source,
                  "ended after " + done + " of " + total + " octets"));
    }

    private Progress progress(Outcome outcome, @Nullable Remark remark) {
      return new Progress(target, done, done, outcome, remark);
    }
  }
}
