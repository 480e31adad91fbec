package dev.sluice.cli.copy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.cli.connect.Effort;
import dev.sluice.cli.connect.Places;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.output.Board;
import dev.sluice.cli.output.Outcome;
import dev.sluice.cli.place.ByteStreams;
import dev.sluice.cli.place.LocalPlace;
import dev.sluice.cli.place.LocalStreams;
import dev.sluice.cli.place.Overlap;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.status.UsageError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Copies what some words name to what the last one names, wherever they lie. The rules are those of
 * {@code cp}: several sources go into a directory, one source may get another name.
 *
 * @param sources at least one
 * @param target a name, or a directory
 * @param transfer how
 * @param remote with whom
 */
public record CopyWords(
    List<Word> sources, Word target, TransferOptions transfer, RemoteOptions remote) {

  public void run() {
    transfer.copyOptions();
    transfer.afterwards();
    if (isStream(target)) {
      toStream();
      return;
    }
    if (sources.size() == 1 && isStream(sources.get(0))) {
      fromStream((Word.Local) sources.get(0));
      return;
    }
    sources.forEach(this::check);
    checkTarget();
    remote.showing(transfer.quiet(), this::copy);
  }

  private void copy(Board board) {
    Outcome outcome = new Outcome(remote.err(), remote.report(), remote.lines());
    Set<String> names = new HashSet<>();
    List<Word> all = new ArrayList<>(sources);
    all.add(target);
    Places.run(
        remote,
        all,
        new Effort(sessions(), TransferOptions.RETRIES),
        places ->
            Places.inTurn(
                    Flux.fromIterable(sources),
                    word ->
                        Places.inTurn(
                            places.open(word).flatMapMany(Place::expanded),
                            source -> copy(places, source, outcome, board, names)))
                .doOnSuccess(done -> outcome.summarise(0))
                .doOnError(failure -> outcome.summarise(Outcome.print(failure, remote.err()))));
  }

  private int sessions() {
    return transfer.recursive() ? TwoTrees.sessions(transfer.pace(), sources, target) : 1;
  }

  private static boolean isStream(Word word) {
    return word instanceof Word.Local local && LocalStreams.isStream(local.text());
  }

  /** What can be refused before anybody is asked for anything. */
  private void check(Word source) {
    if (isStream(source)) {
      throw new UsageError(source + " is a stream; it is copied alone");
    }
    if (source instanceof Word.Local local) {
      LocalPlace.existing(local.file());
      if (Files.isDirectory(local.file()) && !transfer.recursive()) {
        throw new UsageError(source + " is a directory; copy it with -r");
      }
    } else if (source.isTop() && !transfer.recursive()) {
      throw new UsageError(source + " is a directory; copy it with -r");
    }
  }

  private void checkTarget() {
    if (target instanceof Word.Remote remote && remote.pattern()) {
      throw new UsageError(
          "the target holds a pattern; write * as %2A, ? as %3F and [ as %5B in its names");
    }
    if (target instanceof Word.Local local) {
      if (several()) {
        LocalPlace.inside(local.file());
      } else {
        LocalPlace.of(local.file());
      }
    }
  }

  private boolean several() {
    return sources.size() > 1 || sources.get(0) instanceof Word.Remote only && only.pattern();
  }

  private Mono<Void> copy(
      Places places, Place source, Outcome outcome, Board board, Set<String> names) {
    if (several()) {
      outcome.counts();
    }
    String name = source.path().name();
    if (!names.add(name)) {
      return Mono.error(
          new FileFailure(
              FileError.ALREADY_EXISTS, source.path(), "another source has the same name"));
    }
    return target(places, source)
        .doOnNext(place -> Overlap.refuse(source, place, transfer.recursive()))
        .flatMap(
            place ->
                new Copying(source, place, transfer, outcome, board, remote.explained()).copy());
  }

  private Mono<Place> target(Places places, Place source) {
    String name = source.path().isRoot() ? "" : source.path().name();
    if (several()) {
      return directory(places, source).map(into -> into.at(into.path().child(name)));
    }
    boolean isThere = target instanceof Word.Local local && Files.isDirectory(local.file());
    boolean into =
        transfer.recursive()
            ? target.directory() && !source.word().directory()
            : target.directory() || isThere;
    if (!into || source.word().isTop() || name.isEmpty()) {
      return places.openTarget(target, source);
    }
    Mono<Place> directory =
        target instanceof Word.Local local
            ? places.inside(local)
            : places.openTarget(target, source);
    return directory.map(place -> place.at(place.path().child(name)));
  }

  /** The directory that several sources go into: it must be there. */
  private Mono<Place> directory(Places places, Place source) {
    return target instanceof Word.Local local
        ? places.inside(local)
        : places
            .openTarget(target, source)
            .flatMap(
                place ->
                    place
                        .tree()
                        .stat(place.path())
                        .flatMap(
                            entry ->
                                entry.attributes().isDirectory()
                                    ? Mono.just(place)
                                    : Mono.error(
                                        new FileFailure(
                                            FileError.NOT_A_DIRECTORY,
                                            place.path(),
                                            "is no directory; several sources need one"))));
  }

  private void toStream() {
    if (transfer.recursive() || transfer.resume() || sources.size() > 1) {
      throw new UsageError("a stream takes one file, without -r and --resume");
    }
    sources.forEach(this::check);
    String local = ((Word.Local) target).text();
    try (OutputStream out = LocalStreams.write(local)) {
      work(
          sources.get(0),
          place ->
              ByteStreams.write(place.tree().read(place.path(), ByteRange.all()), out)
                  .then(Mono.defer(() -> transfer.afterwards().done(place, place.path()))));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + local + ": " + e.getMessage(), e);
    }
  }

  private void fromStream(Word.Local stream) {
    if (transfer.recursive() || transfer.resume() || !transfer.afterwards().isNothing()) {
      throw new UsageError("what comes from a stream takes no -r, --resume or --then-...");
    }
    if (target.directory()) {
      throw new UsageError("what comes from a stream needs a name: end the target with one");
    }
    InputUpload upload = new InputUpload(LocalStreams.read(stream.text()), transfer, remote.err());
    checkTarget();
    work(target, place -> upload.to(place.tree(), place.path()));
  }

  private void work(Word word, Function<Place, ? extends Publisher<?>> work) {
    Places.run(
        remote,
        List.of(word),
        Effort.again(TransferOptions.RETRIES),
        places -> places.open(word).flatMapMany(work));
  }
}
