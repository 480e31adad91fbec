package dev.sluice.cli;

import dev.sluice.api.RemotePath;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice mv}: gives a file or directory another name on the same server. */
@Command(
    name = "mv",
    description = "Renames or moves a file or directory on one server.",
    mixinStandardHelpOptions = true)
final class MoveCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "URL", description = "File or directory to move.")
  private String url = "";

  @Parameters(
      index = "1",
      paramLabel = "TO",
      description =
          "A URL on the same server, or a path on it. If it ends in /, it is the directory to move"
              + " into.")
  private String to = "";

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    RemoteUrl source = RemoteUrl.parse(url);
    RemoteUrl target = target(source);
    Sessions.run(
        remote.connect(source),
        session ->
            source
                .on(session)
                .zipWith(target.on(session))
                .flatMap(paths -> session.rename(paths.getT1(), paths.getT2())));
    return ExitStatus.DONE;
  }

  private RemoteUrl target(RemoteUrl source) {
    RemoteUrl target;
    if (to.startsWith("/")) {
      target = source.at(RemotePath.of(to), false);
      return to.endsWith("/")
          ? target.at(target.path().child(source.path().name()), false)
          : target;
    }
    target = RemoteUrl.parse(to);
    if (!source.sameServer(target)) {
      throw new UsageError(
          "mv works on one server; " + target + " is another: use get and put, then rm");
    }
    return target.directory()
        ? target.at(target.path().child(source.path().name()), target.home())
        : target;
  }
}
