package dev.sluice.cli;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
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
  @Parameters(index = "0", paramLabel = "URL", description = "What to get.")
  private String url = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "LOCAL",
      defaultValue = ".",
      description = "A file, a directory to put it into, or - for standard output; . if left out.")
  private String local = ".";

  @Mixin private RemoteOptions remote = new RemoteOptions();
  @Mixin private TransferOptions transfer = new TransferOptions();

  @Override
  public Integer call() {
    RemoteUrl source = RemoteUrl.parse(url);
    if (source.path().isRoot() && !transfer.recursive()) {
      throw new UsageError(source + " is a directory; get it with -r");
    }
    Path file = Path.of(local);
    if (local.equals("-")) {
      stream(source, new FileOutputStream(FileDescriptor.out));
    } else if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      streamTo(source, file);
    } else {
      LocalPlace target = LocalPlace.of(into(file, source));
      Sessions.run(target, remote.connect(source), ends -> copy(ends, source, target));
    }
    return ExitStatus.DONE;
  }

  private static Path into(Path local, RemoteUrl source) {
    if (!Files.isDirectory(local) || source.path().isRoot()) {
      return local;
    }
    Path inside = local.resolve(source.path().name());
    // A name from a URL is one name here, whatever this system takes for a separator.
    if (!local
        .toAbsolutePath()
        .normalize()
        .equals(inside.toAbsolutePath().normalize().getParent())) {
      throw new UsageError(source + " has no name that fits here; give a file name");
    }
    return inside;
  }

  private Publisher<?> copy(Sessions ends, RemoteUrl source, LocalPlace target) {
    Copying copying =
        new Copying(
            ends.remote(),
            ends.local(),
            transfer,
            transfer.bar(remote.err()),
            note -> remote.err().println("sluice: " + note));
    return copying.copy(source.path(), target.path());
  }

  /** A pipe or a device is written as it is: there is nothing to replace. */
  private void streamTo(RemoteUrl source, Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      stream(source, out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + file + ": " + e.getMessage(), e);
    }
  }

  private void stream(RemoteUrl source, OutputStream out) {
    if (transfer.recursive() || transfer.resume()) {
      throw new UsageError("-r and --resume need a file or a directory as LOCAL");
    }
    Sessions.run(remote.connect(source), session -> stream(session, source.path(), out));
  }

  private static Publisher<?> stream(FileSession session, RemotePath path, OutputStream out) {
    return ByteStreams.write(session.read(path, ByteRange.all()), out);
  }
}
