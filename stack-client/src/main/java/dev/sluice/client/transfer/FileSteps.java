package dev.sluice.client.transfer;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileKind;
import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.CopyOptions.Placement;
import dev.sluice.client.transfer.Progress.Remark;
import dev.sluice.client.transfer.TransferEvent.FileDone;
import dev.sluice.client.transfer.TransferEvent.FileProgress;
import dev.sluice.client.transfer.TransferEvent.FileStarted;
import dev.sluice.client.transfer.TransferEvent.Reason;
import dev.sluice.client.transfer.TransferEvent.Same;
import dev.sluice.client.transfer.TransferEvent.Verified;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Compares one file with what the target has, and copies it if they differ. */
final class FileSteps {
  private final Steps steps;
  private final Extras extras;
  private final Differences differences;
  private final Pace pace;

  /** Whether the target has shown that it accepts files only in place. */
  private volatile boolean inPlaceOnly;

  FileSteps(Steps steps, Extras extras) {
    this.steps = steps;
    this.extras = extras;
    this.differences = new Differences(steps);
    this.pace = Pace.of(steps.options().bandwidth());
  }

  /** What happens to a file; a failure is an error here. */
  Flux<TransferEvent> file(
      Folder folder, FileEntry source, @Nullable FileEntry there, RemotePath target) {
    if (there != null && there.kind() != FileKind.FILE) {
      FileFailure inTheWay =
          new FileFailure(
              FileError.ALREADY_EXISTS, target, "a " + there.kind() + " has the name of a file");
      return extras
          .replace(folder, there, inTheWay)
          .concatWith(Flux.defer(() -> copied(source, target, Reason.FORCED)));
    }
    if (steps.isFinished(source, there)) {
      return Flux.just(new Same(target, source.size()));
    }
    return differences
        .reason(source, there)
        .flatMapMany(reason -> copied(source, target, reason))
        .switchIfEmpty(steps.finished(source).thenReturn(new Same(target, source.size())));
  }

  private Flux<TransferEvent> copied(FileEntry source, RemotePath target, Reason reason) {
    return Flux.defer(
        () -> {
          long startNanos = System.nanoTime();
          Flux<TransferEvent> copy =
              steps.how().dryRun()
                  ? Flux.just(
                      new FileDone(
                          target,
                          Math.max(0, source.size()),
                          reason,
                          null,
                          Verified.NOT_ASKED,
                          Duration.ZERO))
                  : attempts(source, target, reason, startNanos);
          return Flux.concat(Flux.just(new FileStarted(target, source.size(), reason)), copy);
        });
  }

  private Flux<TransferEvent> attempts(
      FileEntry source, RemotePath target, Reason reason, long startNanos) {
    AtomicBoolean begun = new AtomicBoolean();
    AtomicLong start = new AtomicLong();
    FileCopy copy = new FileCopy(steps.from(), source.path(), steps.to(), target, pace);
    Flux<TransferEvent> attempt =
        Flux.defer(
            () ->
                progress(copy, source, begun.getAndSet(true), start)
                    .doOnNext(this::learn)
                    .concatMap(
                        progress -> event(copy, progress, reason, start.get(), startNanos), 1)
                    .concatMap(event -> noted(source, event), 1));
    return steps.options().retries() == 0
        ? attempt
        : tidied(source, copy, attempt.retryWhen(Retries.of(steps.options())));
  }

  /** Without a journal no later run would go on with the part of a file. */
  private Flux<TransferEvent> tidied(
      FileEntry source, FileCopy copy, Flux<TransferEvent> attempts) {
    if (steps.how().journal() != null || !PartialCopy.fits(steps, source)) {
      return attempts;
    }
    PartialCopy part = new PartialCopy(copy, source, source, steps.options(), true, start -> {});
    return Flux.usingWhen(
        Mono.just(part),
        begun -> attempts,
        done -> Mono.empty(),
        (begun, why) -> begun.gone(),
        PartialCopy::gone);
  }

  /** A file that is written in place goes on after what the last attempt has left. */
  private Flux<Progress> progress(
      FileCopy copy, FileEntry source, boolean again, AtomicLong start) {
    CopyOptions options = steps.options().withVerified(false);
    CopyOptions now = inPlaceOnly ? options.withPlacement(Placement.IN_PLACE) : options;
    if (PartialCopy.fits(steps, source) && !inPlaceOnly) {
      return differences
          .exact(source)
          .flatMapMany(
              it -> {
                boolean fresh = !again && steps.how().journal() == null;
                return new PartialCopy(copy, source, it, now, fresh, start::set).run();
              });
    }
    if (SegmentedCopy.fits(steps, source) && !inPlaceOnly) {
      return differences
          .exact(source)
          .flatMapMany(it -> new SegmentedCopy(copy, it, now, steps.how().flow().segments()).run());
    }
    return again && now.placement() == Placement.IN_PLACE
        ? new Resumption(copy, now, start::set).run(source)
        : differences.exact(source).flatMapMany(original -> copy.run(original, now));
  }

  private void learn(Progress progress) {
    Remark remark = progress.remark();
    if (remark != null && remark.kind() == Remark.Kind.WRITTEN_IN_PLACE) {
      inPlaceOnly = true;
    }
  }

  private Mono<TransferEvent> event(
      FileCopy copy, Progress progress, Reason reason, long start, long startNanos) {
    return progress.outcome() == Progress.Outcome.RUNNING
        ? Mono.just(new FileProgress(progress.path(), progress.octets(), progress.total()))
        : verified(copy)
            .map(
                result ->
                    new FileDone(
                        progress.path(),
                        Math.max(0, progress.octets() - start),
                        reason,
                        progress.remark(),
                        result,
                        Duration.ofNanos(System.nanoTime() - startNanos)));
  }

  private Mono<TransferEvent> noted(FileEntry source, TransferEvent event) {
    return event instanceof FileDone ? steps.finished(source).thenReturn(event) : Mono.just(event);
  }

  private Mono<Verified> verified(FileCopy copy) {
    return steps.options().verified()
        ? copy.compared(steps.options())
            .thenReturn(Verified.VERIFIED)
            .onErrorResume(FileFailure.class, FileSteps::unsupported)
        : Mono.just(Verified.NOT_ASKED);
  }

  private static Mono<Verified> unsupported(FileFailure why) {
    return why.error() == FileError.UNSUPPORTED || why.error() == FileError.PERMISSION_DENIED
        ? Mono.just(Verified.UNSUPPORTED)
        : Mono.error(why);
  }
}
