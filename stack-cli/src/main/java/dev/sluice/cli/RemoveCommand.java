package dev.sluice.cli;

import dev.sluice.api.FileFailure;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.Transfers;
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
    description = "Removes a file, or a directory with -r.",
    mixinStandardHelpOptions = true)
final class RemoveCommand implements Callable<Integer> {
  @Option(
      names = {"-r", "--recursive"},
      description =
          "Removes a directory and everything below it; links are removed, never followed.")
  private boolean recursive;

  @Parameters(arity = "1..*", paramLabel = "URL", description = "File or directory to remove.")
  private List<String> urls = new ArrayList<>();

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    List<RemoteUrl> places = urls.stream().map(RemoteUrl::parse).toList();
    for (RemoteUrl place : places) {
      if (place.isTop()) {
        throw new UsageError("the root of a server is not removed; name what is in it");
      }
    }
    for (RemoteUrl place : places) {
      Sessions.run(
          remote.connect(place),
          session ->
              place
                  .on(session)
                  .flatMap(path -> recursive ? tree(session, path) : file(session, path)));
    }
    return ExitStatus.DONE;
  }

  private static Mono<Void> file(FileSession session, RemotePath path) {
    return session
        .deleteFile(path)
        .onErrorResume(FileFailure.class, refused -> Causes.ofDeleting(session, path, refused));
  }

  private static Mono<Void> tree(FileSession session, RemotePath path) {
    return session
        .lstat(path)
        .flatMap(
            entry ->
                entry.attributes().isDirectory()
                    ? Transfers.deleteTree(session, path).then()
                    : session.deleteFile(path));
  }
}
