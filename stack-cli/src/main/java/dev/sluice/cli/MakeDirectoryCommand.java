package dev.sluice.cli;

import dev.sluice.api.FileFailure;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
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
@Command(name = "mkdir", description = "Makes a directory.", mixinStandardHelpOptions = true)
final class MakeDirectoryCommand implements Callable<Integer> {
  @Option(
      names = {"-p", "--parents"},
      description = "Also makes missing parent directories; an existing directory is no error.")
  private boolean parents;

  @Parameters(arity = "1..*", paramLabel = "URL", description = "Directory to make.")
  private List<String> urls = new ArrayList<>();

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    List<RemoteUrl> places = urls.stream().map(RemoteUrl::parse).toList();
    for (RemoteUrl place : places) {
      Sessions.run(
          remote.connect(place),
          session ->
              place
                  .on(session)
                  .flatMap(path -> parents ? withParents(session, path) : one(session, path)));
    }
    return ExitStatus.DONE;
  }

  private static Mono<Void> one(FileSession session, RemotePath path) {
    return session
        .createDirectory(path)
        .onErrorResume(
            FileFailure.class, refused -> Causes.ofMakingDirectory(session, path, refused));
  }

  private static Mono<Void> withParents(FileSession session, RemotePath path) {
    List<RemotePath> way = new ArrayList<>();
    for (RemotePath step = path; !step.isRoot(); step = step.parent()) {
      way.add(0, step);
    }
    return Flux.fromIterable(way).concatMap(step -> make(session, step)).then();
  }

  /** Servers refuse with many codes what is there already: so look, then complain. */
  private static Mono<Void> make(FileSession session, RemotePath directory) {
    return session
        .createDirectory(directory)
        .onErrorResume(
            FileFailure.class,
            refused ->
                session
                    .stat(directory)
                    .filter(entry -> entry.attributes().isDirectory())
                    .onErrorComplete()
                    .switchIfEmpty(Mono.error(refused))
                    .then());
  }
}
