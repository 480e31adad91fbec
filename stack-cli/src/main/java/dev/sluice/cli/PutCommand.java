package dev.sluice.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice put}: a file or a tree from this machine to a server. */
@Command(
    name = "put",
    description = "Uploads a file, or a directory with -r.",
    mixinStandardHelpOptions = true)
final class PutCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "LOCAL",
      description = "A file, a directory with -r, or - for standard input.")
  private String local = "";

  @Parameters(
      index = "1",
      paramLabel = "URL",
      description = "Name of the copy; a URL that ends in / is the directory to put it into.")
  private String url = "";

  @Mixin private RemoteOptions remote = new RemoteOptions();
  @Mixin private TransferOptions transfer = new TransferOptions();

  @Override
  public Integer call() {
    RemoteUrl target = RemoteUrl.parse(url);
    if (LocalStreams.isStream(local)) {
      stream(target);
      return ExitStatus.DONE;
    }
    LocalPlace source = LocalPlace.existing(Path.of(local));
    if (Files.isDirectory(Path.of(local)) && !transfer.recursive()) {
      throw new UsageError(local + " is a directory; put it with -r");
    }
    boolean into = target.directory() && !source.path().isRoot() && !onlyContent();
    Sessions.run(source, remote.session(target), ends -> copy(ends, source, target, into));
    return ExitStatus.DONE;
  }

  /** A tree whose name ends in a slash is what is in it. */
  private boolean onlyContent() {
    return transfer.recursive() && local.endsWith("/");
  }

  private Publisher<?> copy(Sessions ends, LocalPlace source, RemoteUrl target, boolean into) {
    Copying copying = new Copying(ends.local(), ends.remote(), transfer, remote.err());
    return target
        .on(ends.remote())
        .map(path -> into ? path.child(source.path().name()) : path)
        .flatMap(path -> copying.copy(source.path(), path));
  }

  private void stream(RemoteUrl target) {
    if (transfer.recursive() || transfer.resume()) {
      throw new UsageError("-r and --resume need a file or a directory as LOCAL");
    }
    if (target.directory()) {
      throw new UsageError("what comes from a stream needs a name: end the URL with one");
    }
    InputUpload upload = new InputUpload(LocalStreams.read(local), transfer, remote.err());
    Sessions.run(
        remote.connect(target),
        session -> target.on(session).flatMap(path -> upload.to(session, path)));
  }
}
