package dev.sluice.cli.command;

import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.copy.CopyWords;
import dev.sluice.cli.copy.TransferOptions;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.UsageError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice get}: files and trees from a server to this machine. */
@Command(
    name = "get",
    description = "Downloads files, or directories with -r.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice get ftp://ftp.example.org/pub/f .",
      "  sluice get 'sftp://ann@host/in/*.csv' inbox/",
      "  sluice get -r sftp://ann@host/data mirror"
    })
public final class GetCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "URL... [LOCAL]",
      description =
          "Files or directories to download, also as a quoted pattern; after several URLs, and"
              + " after one unless it is meant for this directory, LOCAL: the name of the copy, a"
              + " directory to put it into (for a tree: with a slash at the end), or - for standard"
              + " output (default: .).")
  private List<String> words = new ArrayList<>();

  @Mixin private RemoteOptions remote = new RemoteOptions();
  @Mixin private TransferOptions transfer = new TransferOptions();

  @Override
  public Integer call() {
    List<Word> sources = new ArrayList<>(words.stream().map(remote::word).toList());
    Word target = target(sources);
    for (Word source : sources) {
      if (source instanceof Word.Local) {
        throw new UsageError(source + " is no URL; put uploads, and cp copies anything");
      }
    }
    new CopyWords(sources, target, transfer, remote).run();
    return ExitStatus.DONE;
  }

  /** Without a name for the copies they go into this directory. */
  private Word target(List<Word> sources) {
    int last = sources.size() - 1;
    boolean shell = remote.around().here() != null;
    boolean named = shell ? last > 0 : sources.get(last) instanceof Word.Local;
    if (!named) {
      return remote.around().local(".").get(0);
    }
    sources.remove(last);
    if (sources.isEmpty()) {
      throw new UsageError("name what to copy, and after it where to");
    }
    return remote.around().local(words.get(last)).get(0);
  }
}
