package dev.sluice.cli.command;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.cli.connect.Places;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.place.Causes;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.UsageError;
import dev.sluice.client.transfer.Transfers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Mono;

/** {@code sluice rm}: removes files, and trees when asked to. */
@Command(
    name = "rm",
    description = "Removes files, or directories with -r.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  sluice rm 'sftp://ann@host/in/*.tmp'", "  sluice rm -r ftpes://ann@host/old"})
public final class RemoveCommand implements Callable<Integer> {
  @Option(
      names = {"-r", "--recursive"},
      description =
          "Removes a directory and everything below it; links are removed, never followed.")
  private boolean recursive;

  @Parameters(arity = "1..*", paramLabel = "PLACE", description = "File or directory to remove.")
  private List<String> words = new ArrayList<>();

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    for (String text : words) {
      Word word = remote.word(text);
      if (word.isTop()) {
        throw new UsageError("the root of a tree is not removed; name what is in it");
      }
      if (word instanceof Word.Local local && Files.exists(local.file(), NOFOLLOW_LINKS)) {
        refuseOwnDirectory(local);
      }
    }
    Places.forEach(
        remote,
        words,
        place ->
            (recursive ? tree(place) : file(place)).doOnNext(entries -> report(place, entries)));
    return ExitStatus.DONE;
  }

  private static void refuseOwnDirectory(Word.Local word) {
    Path here = Path.of("").toAbsolutePath().normalize();
    if (here.startsWith(word.file().toAbsolutePath().normalize())) {
      throw new UsageError(word + " holds the directory that this command runs in");
    }
  }

  private void report(Place place, long entries) {
    Fields fields = Fields.of("place", place.wordOf(place.path())).and("entries", entries);
    remote.report().event(Event.REMOVED, fields);
    if (remote.verbose()) {
      remote.err().println("sluice: " + place.shown() + ": removed");
    }
  }

  private static Mono<Long> file(Place place) {
    FileOperations tree = place.tree();
    return tree.deleteFile(place.path())
        .onErrorResume(FileFailure.class, no -> Causes.ofDeleting(tree, place.path(), no))
        .thenReturn(1L);
  }

  private static Mono<Long> tree(Place place) {
    FileOperations tree = place.tree();
    return tree.lstat(place.path())
        .flatMap(
            entry ->
                entry.attributes().isDirectory()
                    ? Transfers.deleteTree(tree, place.path())
                    : tree.deleteFile(place.path()).thenReturn(1L));
  }
}
