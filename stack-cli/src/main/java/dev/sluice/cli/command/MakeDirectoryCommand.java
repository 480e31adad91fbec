package dev.sluice.cli.command;

import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.cli.connect.Places;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.place.Causes;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.UsageError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code sluice mkdir}: makes directories. */
@Command(
    name = "mkdir",
    description = "Makes directories.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  sluice mkdir -p sftp://ann@host/in/2026/12"})
public final class MakeDirectoryCommand implements Callable<Integer> {
  @Option(
      names = {"-p", "--parents"},
      description = "Also makes missing parent directories; an existing directory is no error.")
  private boolean parents;

  @Parameters(arity = "1..*", paramLabel = "PLACE", description = "Directory to make.")
  private List<String> words = new ArrayList<>();

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    for (String text : words) {
      if (remote.word(text) instanceof Word.Remote named && named.pattern()) {
        throw new UsageError(named + " holds a pattern; write * as %2A, ? as %3F and [ as %5B");
      }
    }
    Places.forEach(
        remote,
        words,
        place ->
            made(place.tree(), place.path())
                .doOnSuccess(
                    done ->
                        remote
                            .report()
                            .event(Event.MADE, Fields.of("place", place.wordOf(place.path())))));
    return ExitStatus.DONE;
  }

  private Mono<Void> made(FileOperations tree, RemotePath path) {
    return parents ? withParents(tree, path) : one(tree, path);
  }

  private static Mono<Void> one(FileOperations tree, RemotePath path) {
    return tree.createDirectory(path)
        .onErrorResume(FileFailure.class, refused -> Causes.ofMakingDirectory(tree, path, refused));
  }

  private static Mono<Void> withParents(FileOperations tree, RemotePath path) {
    List<RemotePath> way = new ArrayList<>();
    for (RemotePath step = path; !step.isRoot(); step = step.parent()) {
      way.add(0, step);
    }
    return Flux.fromIterable(way).concatMap(step -> make(tree, step)).then();
  }

  /** Servers refuse with many codes what is there already: so look, then complain. */
  private static Mono<Void> make(FileOperations tree, RemotePath directory) {
    return tree.createDirectory(directory)
        .onErrorResume(
            FileFailure.class,
            refused ->
                tree.stat(directory)
                    .filter(entry -> entry.attributes().isDirectory())
                    .onErrorComplete()
                    .switchIfEmpty(Mono.error(refused))
                    .then());
  }
}
