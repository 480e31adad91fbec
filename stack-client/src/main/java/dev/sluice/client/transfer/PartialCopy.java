package dev.sluice.client.transfer;

import dev.sluice.api.AtomicRefusal;
import dev.sluice.api.AttributeChange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TemporaryName;
import dev.sluice.client.transfer.CopyOptions.Placement;
import java.util.function.LongConsumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The copy of a large file under a name that stays the same for the same version of its source, so
 * that the next attempt goes on, with a journal also after the program was killed. The file has its
 * name when it is complete.
 *
 * @param listed the source as its directory shows it, perhaps with a time that is cut
 * @param source the same with its full time
 * @param fresh whether nothing can be there yet that is worth a look
 * @param begins is given the octets that an earlier attempt had left
 */
record PartialCopy(
    FileCopy copy,
    FileEntry listed,
    FileEntry source,
    CopyOptions options,
    boolean fresh,
    LongConsumer begins) {
  /** Octets of a file for which going on is worth two more round trips. */
  private static final long LARGE = 1 << 20;

  /** Whether a file is copied this way. */
  static boolean fits(Steps steps, FileEntry source) {
    return source.size() >= LARGE
        && (steps.how().journal() != null || retried(steps))
        && source.attributes().modified() != null
        && steps.options().placement() != Placement.IN_PLACE
        && steps.from().capabilities().contains(Capability.RANDOM_READ)
        && steps.to().capabilities().contains(Capability.RANDOM_READ)
        && steps.to().capabilities().contains(Capability.RANDOM_WRITE);
  }

  /** Without a server nothing is cut that a retry could mend. */
  private static boolean retried(Steps steps) {
    return steps.options().retries() > 0
        && steps.how().flow().segments() == 1
        && (Resumption.isRemote(steps.from()) || Resumption.isRemote(steps.to()));
  }

  /** The name until the file is complete: one that {@link TemporaryName#DEFAULT} matches. */
  static String name(FileEntry source) {
    String end = "." + Journal.version(source).substring(0, 16) + ".part";
    boolean fits = RawName.encode(source.name()).length + end.length() <= 255;
    return (fits ? source.name() : "file") + end;
  }

  /** Where it is until it is complete. */
  private RemotePath part() {
    return copy.target().parent().child(name(listed));
  }

  /** Nothing of it stays; nobody will go on with it. */
  Mono<Void> gone() {
    return Mono.defer(() -> copy.to().deleteFile(part())).onErrorComplete();
  }

  /** The octets were there, but the attempt that wrote them may have been cut before this. */
  private Mono<Void> dressed(RemotePath part, Progress progress) {
    AttributeChange kept = options.kept().of(source.attributes(), copy.to().capabilities());
    return progress.outcome() == Progress.Outcome.UNCHANGED && !kept.equals(AttributeChange.none())
        ? copy.to()
            .setAttributes(part, kept)
            .onErrorResume(FileFailure.class, refused -> Mono.empty())
        : Mono.empty();
  }

  Flux<Progress> run() {
    RemotePath target = copy.target();
    RemotePath part = part();
    FileCopy partly = new FileCopy(copy.from(), copy.source(), copy.to(), part, copy.pace());
    Flux<Progress> written =
        fresh
            ? partly.goOn(0, source, options)
            : new Resumption(partly, options, begins).run(source);
    return written
        .concatMap(
            progress ->
                progress.outcome() == Progress.Outcome.RUNNING
                    ? Mono.just(progress.of(target))
                    : dressed(part, progress)
                        .then(Mono.defer(() -> copy.to().rename(part, target)))
                        .onErrorMap(
                            FileFailure.class, refused -> AtomicRefusal.ofRename(target, refused))
                        .thenReturn(progress.of(target)),
            1)
        .onErrorResume(
            FileFailure.class,
            refused ->
                options.placement() == Placement.ATOMIC_ELSE_IN_PLACE && AtomicRefusal.isIn(refused)
                    ? copy.run(source, options)
                    : Flux.error(refused));
  }
}
