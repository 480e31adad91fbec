package dev.sluice.cli.copy;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.cli.connect.Places;
import dev.sluice.cli.option.WriteOptions;
import dev.sluice.cli.output.Board;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.output.Outcome;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.place.LocalPlace;
import dev.sluice.cli.place.Overlap;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.place.Word;
import dev.sluice.client.transfer.Mirror;
import dev.sluice.client.transfer.Scope.Links;
import dev.sluice.client.transfer.TransferEvent;
import dev.sluice.client.transfer.TransferEvent.LeftOut;
import dev.sluice.client.transfer.Transfers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Moves what some words name to what the last one names. On one server, or one disk, that is a
 * rename; everywhere else a file is removed when its copy has been compared with it.
 *
 * @param sources at least one
 * @param target a name, or a directory
 * @param places opens both
 * @param report takes an event for each source
 * @param outcome takes in what happens between places
 * @param board shows how far that is
 */
public record MoveWords(
    List<Word> sources, Word target, Places places, Report report, Outcome outcome, Board board) {
  private static final Word.Local DISK = new Word.Local("/", Path.of("/"));

  /** The source as a place; of this machine the whole tree is open, so that a rename can do. */
  public Mono<Place> open(Word word) {
    return word instanceof Word.Local local ? onDisk(local) : places.open(word);
  }

  private Mono<Place> onDisk(Word.Local word) {
    return Mono.fromCallable(() -> onDisk(word.file().toAbsolutePath().normalize()))
        .flatMap(path -> places.inside(DISK).map(top -> new Place(word, top.tree(), path, path)));
  }

  /** A link is moved itself, links on the way to it are followed. */
  private static RemotePath onDisk(Path file) {
    Path parent = file.getParent();
    return parent == null
        ? RemotePath.root()
        : RemotePath.of(LocalPlace.inside(parent).directory().toString())
            .child(String.valueOf(file.getFileName()));
  }

  /** Moves one source. */
  public Mono<Void> move(Place source) {
    return open(target)
        .flatMap(place -> named(source, place))
        .doOnNext(to -> Overlap.refuse(source, to, true))
        .flatMap(
            to ->
                (isOneTree(source, to)
                        ? source.tree().rename(source.path(), to.path())
                        : across(source, to))
                    .then(Mono.fromRunnable(() -> moved(source, to))));
  }

  private void moved(Place source, Place to) {
    report.event(
        Event.MOVED,
        Fields.of("place", source.wordOf(source.path())).and("to", to.wordOf(to.path())));
  }

  /** The name that the source gets. */
  private Mono<Place> named(Place source, Place place) {
    boolean several =
        sources.size() > 1 || sources.get(0) instanceof Word.Remote only && only.pattern();
    Mono<Boolean> there =
        place
            .tree()
            .stat(place.path())
            .map(entry -> entry.attributes().isDirectory())
            .onErrorResume(
                FileFailure.class,
                refused ->
                    refused.error() == FileError.NOT_FOUND
                        ? Mono.just(target.directory())
                        : Mono.error(refused));
    return there.flatMap(
        directory -> {
          if (several && !directory) {
            return Mono.error(
                new FileFailure(
                    FileError.NOT_A_DIRECTORY,
                    place.path(),
                    "is no directory; several sources need one"));
          }
          return Mono.just(directory ? place.at(place.path().child(source.path().name())) : place);
        });
  }

  private static boolean isOneTree(Place source, Place to) {
    if (source.word() instanceof Word.Remote one && to.word() instanceof Word.Remote other) {
      return one.url().sameServer(other.url());
    }
    return source.word() instanceof Word.Local
        && to.word() instanceof Word.Local
        && isOneDisk(file(source.path()), file(to.path().parent()));
  }

  private static Path file(RemotePath path) {
    return Path.of("/" + String.join("/", path.names()));
  }

  private static boolean isOneDisk(Path source, Path directory) {
    try {
      return Files.getFileStore(source).equals(Files.getFileStore(directory));
    } catch (IOException e) {
      return true; // the rename says what is wrong
    }
  }

  private Mono<Void> across(Place source, Place to) {
    outcome.counts();
    Mirror how =
        Mirror.oneWay().links(Links.COPY).copying(usual -> new WriteOptions().apply(usual));
    Flux<TransferEvent> events =
        Transfers.move(source.tree(), source.path(), to.tree(), to.path(), how)
            .doOnNext(
                event -> {
                  board.add(event);
                  outcome.add(event, to::wordOf);
                });
    return Transfers.orFail(events)
        .ofType(LeftOut.class)
        .reduce((first, later) -> first)
        .flatMap(
            left ->
                Mono.error(
                    new FileFailure(
                        FileError.UNSUPPORTED,
                        left.path(),
                        "takes no part and is where it was: "
                            + left.why().name().toLowerCase(Locale.ROOT))));
  }
}
