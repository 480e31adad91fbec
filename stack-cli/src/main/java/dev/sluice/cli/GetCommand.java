package dev.sluice.cli;

import dev.sluice.api.ByteRange;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice get}: a file or a tree from a server to this machine. */
@Command(
    name = "get",
    description = "Downloads a file, or a directory with -r.",
    mixinStandardHelpOptions = true)
final class GetCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "URL", description = "File or directory to download.")
  private String url = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "LOCAL",
      defaultValue = ".",
      description =
          "Name of the copy, a directory to put it into (for a tree: with a slash at the end), or -"
              + " for standard output (default: .).")
  private String local = ".";

  @Mixin private RemoteOptions remote = new RemoteOptions();
  @Mixin private TransferOptions transfer = new TransferOptions();

  @Override
  public Integer call() {
    RemoteUrl source = RemoteUrl.parse(url);
    if (source.isTop() && !transfer.recursive()) {
      throw new UsageError(source + " is a directory; get it with -r");
    }
    if (LocalStreams.isStream(local)) {
      stream(source);
    } else {
      LocalPlace target = LocalPlace.of(target(source));
      Sessions.run(target, remote.session(source), ends -> copy(ends, source, target));
    }
    return ExitStatus.DONE;
  }

  /**
   * LOCAL is what the copy is called. A directory that is there takes a file under its own name; a
   * tree goes into one that is written with a slash, {@code .} or {@code ..} at its end.
   */
  private Path target(RemoteUrl source) {
    Path place = Path.of(local);
    boolean into =
        transfer.recursive() ? namesDirectory() && !source.directory() : Files.isDirectory(place);
    if (!into || source.isTop()) {
      return place;
    }
    Path inside = place.resolve(source.path().name());
    // A name from a URL is one name here, whatever this system takes for a separator.
    if (!place
        .toAbsolutePath()
        .normalize()
        .equals(inside.toAbsolutePath().normalize().getParent())) {
      throw new UsageError(source + " has no name that fits here; give a file name");
    }
    return inside;
  }

  private boolean namesDirectory() {
    return local.endsWith("/")
        || local.equals(".")
        || local.equals("..")
        || local.endsWith("/.")
        || local.endsWith("/..");
  }

  private Publisher<?> copy(Sessions ends, RemoteUrl source, LocalPlace target) {
    Copying copying = new Copying(ends.remote(), ends.local(), transfer, remote.err());
    return source.on(ends.remote()).flatMap(path -> copying.copy(path, target.path()));
  }

  private void stream(RemoteUrl source) {
    if (transfer.recursive() || transfer.resume()) {
      throw new UsageError("-r and --resume need a file or a directory as LOCAL");
    }
    try (OutputStream out = LocalStreams.write(local)) {
      Sessions.run(
          remote.connect(source),
          session ->
              source
                  .on(session)
                  .flatMap(path -> ByteStreams.write(session.read(path, ByteRange.all()), out)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + local + ": " + e.getMessage(), e);
    }
  }
}
