package dev.sluice.client.transfer;

import dev.sluice.api.AtomicRefusal;
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
 * that it goes on after the program was killed. The file has its name when it is complete.
 */
record PartialCopy(FileCopy copy, FileEntry source, CopyOptions options, LongConsumer begins) {
  /** Octets of a file for which going on is worth two more round trips. */
  private static final long LARGE = 1 << 20;

  /** Whether a file is copied this way. */
  static boolean fits(Steps steps, FileEntry source) {
    return source.size() >= LARGE
        && steps.how().journal() != null
        && source.attributes().modified() != null
        && steps.options().placement() != Placement.IN_PLACE
        && steps.from().capabilities().contains(Capability.RANDOM_READ)
        && steps.to().capabilities().contains(Capability.RANDOM_READ)
        && steps.to().capabilities().contains(Capability.RANDOM_WRITE);
  }

  /** The name until the file is complete: one that {@link TemporaryName#DEFAULT} matches. */
  static String name(FileEntry source) {
    String end = "." + Journal.version(source).substring(0, 16) + ".part";
    boolean fits = RawName.encode(source.name()).length + end.length() <= 255;
    return (fits ? source.name() : "file") + end;
  }

  Flux<Progress> run() {
    RemotePath target = copy.target();
    RemotePath part = target.parent().child(name(source));
    FileCopy partly = new FileCopy(copy.from(), copy.source(), copy.to(), part, copy.pace());
    return new Resumption(partly, options, begins)
        .run()
        .concatMap(
            progress ->
                progress.outcome() == Progress.Outcome.RUNNING
                    ? Mono.just(progress.of(target))
                    : copy.to()
                        .rename(part, target)
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
