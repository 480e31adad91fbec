package dev.sluice.client.transfer;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileKind;
import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.client.pool.PooledFiles;
import dev.sluice.client.transfer.Deletion.When;
import dev.sluice.client.transfer.Progress.Remark;
import dev.sluice.client.transfer.TransferEvent.Failed;
import dev.sluice.client.transfer.TransferEvent.LeftOut;
import dev.sluice.client.transfer.TransferEvent.Remarked;
import dev.sluice.client.transfer.TransferEvent.Why;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The copy of a directory and everything below it from one tree to another. One place looks into
 * directories ({@link Walk}), one decides what takes part ({@link Sorting}), and the steps that
 * come of it run here, files of several directories at a time.
 */
final class TreeMirror {
  /** Directories that are looked into at a time. */
  private static final int AHEAD = 16;

  private final Steps steps;
  private final Extras extras;
  private final Visiting visiting;
  private final FileSteps files;
  private final LinkSteps links;
  private final Gate gate;
  private final boolean moves;

  private TreeMirror(Steps steps, boolean moves) {
    this.moves = moves;
    this.steps = steps;
    this.extras = new Extras(steps);
    this.visiting = new Visiting(steps, extras);
    this.files = new FileSteps(steps, extras);
    this.links = new LinkSteps(steps, extras);
    this.gate = gate(steps);
  }

  /** A copy within a pool holds two sessions: files that have one each would wait for ever. */
  private static Gate gate(Steps steps) {
    int files = steps.parallel() ? steps.options().concurrency() : 1;
    return steps.from() == steps.to() && steps.from() instanceof PooledFiles pool
        ? Gate.exactly(Math.max(1, Math.min(files, pool.most() / 2)))
        : Gate.of(files);
  }

  /**
   * All events of a mirror.
   *
   * @param moves whether the source loses what the target verifiably has; the source may then be a
   *     file
   */
  static Flux<TransferEvent> run(
      FileOperations from,
      RemotePath source,
      FileOperations to,
      RemotePath target,
      Mirror how,
      boolean moves) {
    Tally tally = new Tally();
    Path file = how.journal();
    Flux<TransferEvent> events =
        new DeletionLimit(from, source, to, target, how)
            .look()
            .flatMapMany(
                allowed ->
                    allowed
                        .first()
                        .concatWith(events(from, source, to, target, allowed.how(), moves)));
    Mono<TransferEvent> end =
        Mono.defer(
            () -> {
              TransferEvent.Summary summary = tally.summary();
              return file == null || how.dryRun() || !summary.isComplete()
                  ? Mono.just(summary)
                  : Journal.end(file).thenReturn(summary);
            });
    return events
        .onErrorResume(failure -> Flux.just(new Failed(target, failure)))
        .doOnNext(tally::add)
        .concatWith(end);
  }

  /** A mirror without a journal, for what it would do. */
  static TreeMirror of(Steps steps) {
    return new TreeMirror(steps, false);
  }

  private static Flux<TransferEvent> events(
      FileOperations from,
      RemotePath source,
      FileOperations to,
      RemotePath target,
      Mirror how,
      boolean moves) {
    Path file = how.journal();
    return file == null
        ? new TreeMirror(new Steps(from, to, how), moves).run(source, target)
        : Journal.open(file, job(from, source, to, target, how))
            .flatMapMany(
                journal ->
                    new TreeMirror(new Steps(from, to, how, journal), moves)
                        .run(source, target)
                        .startWith(torn(journal, target)));
  }

  private static String job(
      FileOperations from, RemotePath source, FileOperations to, RemotePath target, Mirror how) {
    String named = how.job();
    String sides = named == null ? server(from) + " " + server(to) : named;
    return sides + " " + source + " " + target + " " + how.comparison();
  }

  private static String server(FileOperations tree) {
    return tree instanceof FileSession session
        ? session.info().protocol() + "://" + session.info().peer()
        : "";
  }

  private static List<TransferEvent> torn(Journal journal, RemotePath target) {
    return journal.isTorn()
        ? List.of(
            new Remarked(target, new Remark(Remark.Kind.JOURNAL_TORN, journal.file() + " was cut")))
        : List.of();
  }

  /** The events of one, without the summary. */
  Flux<TransferEvent> run(RemotePath source, RemotePath target) {
    FileFailure refusal = refusal(source, target);
    return refusal == null
        ? steps.again(top(source)).flatMapMany(top -> top(Folder.top(top, target)))
        : Flux.error(refusal);
  }

  private @Nullable FileFailure refusal(RemotePath source, RemotePath target) {
    if (steps.from() == steps.to() && (source.startsWith(target) || target.startsWith(source))) {
      return new FileFailure(
          FileError.UNSUPPORTED, target, "one of the two directories lies in the other");
    }
    return new FileCopy(steps.from(), source, steps.to(), target).refusal();
  }

  /**
   * Even if the directory's attributes cannot be read, it may be possible to list it. Nothing is
   * deleted on the word of such a listing.
   */
  private Mono<FileEntry> top(RemotePath source) {
    Mono<FileEntry> known = steps.from().stat(source);
    FileEntry unknown = new FileEntry(source, FileAttributes.of(FileKind.DIRECTORY));
    return (steps.deletes() ? known : known.onErrorReturn(FileFailure.class, unknown))
        .flatMap(
            entry ->
                entry.kind() == FileKind.FILE && !moves
                    ? Mono.error(
                        new FileFailure(FileError.NOT_A_DIRECTORY, source, "is a file, no tree"))
                    : Mono.just(entry));
  }

  private Flux<TransferEvent> top(Folder top) {
    FileEntry source = top.source();
    if (source.kind() != FileKind.FILE) {
      return tree(top);
    }
    Mono<Optional<FileEntry>> there =
        steps
            .again(steps.to().lstat(top.target()))
            .map(Optional::of)
            .onErrorResume(Steps::isMissing, free -> Mono.just(Optional.empty()));
    Removal removal = new Removal(steps);
    return there
        .flatMapMany(found -> files.file(top, source, found.orElse(null), top.target()))
        .concatMap(event -> removal.after(top, source, event), 1);
  }

  private Flux<TransferEvent> tree(Folder top) {
    if (gate.most() > 1) {
      return Walk.of(top, visiting::visit, AHEAD)
          .concatMap(this::parts, 1)
          .flatMap(step -> step, gate.most(), 1);
    }
    return Walk.of(top, visiting::visit, 1).concatMap(this::parts, 0).concatMap(step -> step, 0);
  }

  private Flux<Flux<TransferEvent>> parts(Visit visit) {
    Folder folder = visit.folder();
    if (visit.events().stream().anyMatch(LeftOut.class::isInstance)) {
      folder.keep();
    }
    return Flux.concat(
        Flux.just(
            Flux.fromIterable(visit.found())
                .concatWith(Flux.fromIterable(visit.events()))
                .concatWith(clear(folder))),
        Flux.fromIterable(visit.files()).map(entry -> part(folder, entry)),
        Flux.just(left(folder)));
  }

  private Flux<TransferEvent> part(Folder folder, FileEntry entry) {
    Visit.Sides sides = folder.sides();
    FileEntry there = sides == null ? null : sides.at(entry.name());
    Flux<TransferEvent> work =
        Flux.defer(
                () ->
                    LinkSteps.isLink(entry)
                        ? links.link(folder, entry, there)
                        : files.file(folder, entry, there, folder.target().child(entry.name())))
            .concatMap(
                event -> moves ? new Removal(steps).after(folder, entry, event) : Flux.just(event),
                1)
            .onErrorResume(
                failure -> {
                  folder.fail();
                  return Flux.just(new Failed(folder.target().child(entry.name()), failure));
                });
    return gate.pass(entry.size(), folder.cleared().thenMany(work)).concatWith(left(folder));
  }

  private Flux<TransferEvent> clear(Folder folder) {
    boolean now = steps.how().deletion().when() == When.BEFORE;
    return (now ? extras.delete(folder, extras(folder)) : Flux.<TransferEvent>empty())
        .doOnTerminate(folder::clear);
  }

  private static List<FileEntry> extras(Folder folder) {
    Visit.Sides sides = folder.sides();
    return sides == null ? List.of() : sides.extras();
  }

  /** One part of a directory is done; the last one finishes the directory and is one of above. */
  private Flux<TransferEvent> left(Folder folder) {
    return Flux.defer(
        () -> {
          if (!folder.isLast()) {
            return Flux.empty();
          }
          Folder above = folder.above();
          return above == null
              ? finished(folder)
              : finished(folder)
                  .concatWith(
                      Flux.defer(
                          () -> {
                            if (folder.hasFailed()) {
                              above.fail();
                            }
                            if (folder.keepsSomething()) {
                              above.keep();
                            }
                            return left(above);
                          }));
        });
  }

  private Flux<TransferEvent> finished(Folder folder) {
    Flux<TransferEvent> deletions = Flux.empty();
    if (steps.how().deletion().when() == When.AFTER) {
      deletions =
          folder.hasFailed()
              ? Flux.fromIterable(extras(folder)).map(kept -> new LeftOut(kept.path(), Why.KEPT))
              : extras.delete(folder, extras(folder));
    }
    Flux<TransferEvent> complete = deletions.concatWith(Mono.defer(() -> attributes(folder)));
    return moves
        ? complete.concatWith(Mono.defer(() -> new Removal(steps).directory(folder)))
        : complete;
  }

  /**
   * Done last, since writing into a directory changes its time, and its mode may forbid writing.
   */
  private Mono<TransferEvent> attributes(Folder folder) {
    Visit.Sides sides = folder.sides();
    if (sides == null) {
      return Mono.empty();
    }
    AttributeChange change =
        steps
            .options()
            .kept()
            .ofDirectory(folder.source().attributes(), steps.to().capabilities(), sides.made());
    return change.equals(AttributeChange.none())
        ? Mono.empty()
        : steps
            .change(steps.to().setAttributes(folder.target(), change))
            .then(Mono.<TransferEvent>empty())
            .onErrorResume(
                FileFailure.class,
                why ->
                    Mono.just(
                        new Remarked(
                            folder.target(),
                            new Remark(Remark.Kind.ATTRIBUTES_NOT_KEPT, why.detail()))))
            .onErrorResume(why -> LinkSteps.failed(folder.target(), why));
  }
}
