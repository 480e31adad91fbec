package dev.sluice.cli;

import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import java.io.FileDescriptor;
import java.io.FileInputStream;
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
      description = "Where to put it; a URL that ends in / is a directory to put it into.")
  private String url = "";

  @Mixin private RemoteOptions remote = new RemoteOptions();
  @Mixin private TransferOptions transfer = new TransferOptions();

  @Override
  public Integer call() {
    RemoteUrl target = RemoteUrl.parse(url);
    if (local.equals("-")) {
      stream(target);
      return ExitStatus.DONE;
    }
    LocalPlace source = LocalPlace.existing(Path.of(local));
    if (Files.isDirectory(Path.of(local)) && !transfer.recursive()) {
      throw new UsageError(local + " is a directory; put it with -r");
    }
    RemotePath path =
        target.directory() && !source.path().isRoot()
            ? target.path().child(source.path().name())
            : target.path();
    Sessions.run(source, remote.connect(target), ends -> copy(ends, source, path));
    return ExitStatus.DONE;
  }

  private Publisher<?> copy(Sessions ends, LocalPlace source, RemotePath target) {
    Copying copying =
        new Copying(
            ends.local(),
            ends.remote(),
            transfer,
            transfer.bar(remote.err()),
            note -> remote.err().println("sluice: " + note));
    return copying.copy(source.path(), target);
  }

  private void stream(RemoteUrl target) {
    if (transfer.recursive() || transfer.resume()) {
      throw new UsageError("-r and --resume need a file or a directory as LOCAL");
    }
    if (target.directory()) {
      throw new UsageError("what comes from standard input needs a name: end the URL with one");
    }
    Sessions.run(
        remote.connect(target),
        session ->
            session.write(
                target.path(),
                WriteMode.replace(),
                ByteStreams.read(new FileInputStream(FileDescriptor.in))));
  }
}
