package dev.sluice.client.transfer;

import dev.sluice.api.AtomicRefusal;
import dev.sluice.api.AttributeChange;
import dev.sluice.api.AttributesRefused;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TemporaryName;
import dev.sluice.api.WriteMode;
import dev.sluice.client.transfer.CopyOptions.Placement;
import dev.sluice.client.transfer.Progress.Outcome;
import dev.sluice.client.transfer.Progress.Remark;
import io.netty.buffer.ByteBuf;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/**
 * The copy of a large file in segments that move at the same time. They are written under a
 * temporary name, which is gone if one of them fails: a file with holes never has the final name,
 * and is never gone on with.
 */
record SegmentedCopy(FileCopy copy, FileEntry source, CopyOptions options, int segments) {
  /** Octets of a segment that are worth a request of their own. */
  private static final long LEAST = 1 << 20;

  private static final int OWNER_WRITES = 0600;

  private static final Set<Capability> TARGET =
      Set.of(Capability.PARALLEL_TRANSFERS, Capability.RANDOM_WRITE, Capability.SET_SIZE);

  /** Whether a file is copied this way. */
  static boolean fits(Steps steps, FileEntry source) {
    int segments = steps.how().flow().segments();
    return segments > 1
        && source.size() >= segments * LEAST
        && steps.options().placement() != Placement.IN_PLACE
        && steps.from().capabilities().contains(Capability.PARALLEL_TRANSFERS)
        && steps.from().capabilities().contains(Capability.RANDOM_READ)
        && steps.to().capabilities().containsAll(TARGET);
  }

  Flux<Progress> run() {
    RemotePath part = TemporaryName.DEFAULT.of(copy.target());
    return Flux.usingWhen(
        Mono.just(part), this::into, done -> Mono.empty(), (p, why) -> gone(p), this::gone);
  }

  private Mono<Void> gone(RemotePath part) {
    return copy.to().deleteFile(part).onErrorComplete();
  }

  private Flux<Progress> into(RemotePath part) {
    AttributeChange kept = options.kept().of(source.attributes(), copy.to().capabilities());
    Integer mode = kept.permissions();
    AttributeChange first =
        mode == null
            ? AttributeChange.none()
            : AttributeChange.none().withPermissions(mode | OWNER_WRITES);
    Mono<Void> made =
        copy.to()
            .write(part, WriteMode.createNew(), Flux.empty(), first)
            .onErrorResume(AttributesRefused.class, refused -> Mono.empty())
            .then(
                Mono.defer(
                    () ->
                        copy.to()
                            .setAttributes(part, AttributeChange.none().withSize(source.size()))));
    return made.thenMany(moving(part))
        .concatWith(
            Mono.defer(() -> attributes(part, kept).flatMap(last -> named(part).thenReturn(last))));
  }

  private Flux<Progress> moving(RemotePath part) {
    return Flux.create(
        sink -> {
          AtomicLong done = new AtomicLong();
          sink.onDispose(
              Flux.range(0, segments)
                  .flatMap(number -> segment(part, number, done, sink), segments)
                  .contextWrite(sink.contextView())
                  .subscribe(null, sink::error, sink::complete));
        },
        FluxSink.OverflowStrategy.LATEST);
  }

  private Mono<Void> segment(
      RemotePath part, int number, AtomicLong done, FluxSink<Progress> sink) {
    long start = source.size() / segments * number;
    long end = number == segments - 1 ? source.size() : source.size() / segments * (number + 1);
    AtomicLong moved = new AtomicLong();
    Flux<ByteBuf> content =
        copy.pace()
            .of(copy.from().read(copy.source(), ByteRange.of(start, end - start)))
            .doOnNext(
                buffer -> {
                  moved.addAndGet(buffer.readableBytes());
                  long octets = done.addAndGet(buffer.readableBytes());
                  sink.next(progress(octets, Outcome.RUNNING));
                });
    return TransferBudget.process()
        .hold(end - start, Mono.defer(() -> copy.to().write(part, WriteMode.at(start), content)))
        .then(
            Mono.defer(
                () -> moved.get() == end - start ? Mono.empty() : Mono.error(cut(moved.get()))));
  }

  private FileFailure cut(long moved) {
    return new FileFailure(
        FileError.INTERRUPTED, copy.source(), "a segment ended after " + moved + " octets");
  }

  private Mono<Progress> attributes(RemotePath part, AttributeChange kept) {
    Progress last = progress(source.size(), Outcome.COMPLETE);
    return kept.equals(AttributeChange.none())
        ? Mono.just(last)
        : copy.to()
            .setAttributes(part, kept)
            .thenReturn(last)
            .onErrorResume(
                FileFailure.class,
                why ->
                    Mono.just(
                        new Progress(
                            last.path(),
                            last.octets(),
                            last.total(),
                            Outcome.COMPLETE,
                            new Remark(Remark.Kind.ATTRIBUTES_NOT_KEPT, why.detail()))));
  }

  private Mono<Void> named(RemotePath part) {
    return copy.to()
        .rename(part, copy.target())
        .onErrorMap(FileFailure.class, refused -> AtomicRefusal.ofRename(copy.target(), refused));
  }

  private Progress progress(long octets, Outcome outcome) {
    return new Progress(copy.target(), octets, source.size(), outcome);
  }
}
