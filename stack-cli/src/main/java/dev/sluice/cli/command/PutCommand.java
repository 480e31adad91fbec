package dev.sluice.cli.command;

import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.copy.CopyWords;
import dev.sluice.cli.copy.TransferOptions;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.UsageError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice put}: files and trees from this machine to a server. */
@Command(
    name = "put",
    description = "Uploads files, or directories with -r.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice put report.pdf ftpes://ann@host/in/",
      "  sluice put a.csv b.csv sftp://ann@host/in",
      "  sluice put -r site sftp://ann@host/~/www"
    })
public final class PutCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "LOCAL... URL",
      description =
          "Files, directories with -r, or - for standard input; the last word is the name of the"
              + " copy, or the directory to put it into: a URL that ends in /, or any after several"
              + " files.")
  private List<String> words = new ArrayList<>();

  @Mixin private RemoteOptions remote = new RemoteOptions();
  @Mixin private TransferOptions transfer = new TransferOptions();

  @Override
  public Integer call() {
    int last = words.size() - 1;
    Word here = remote.around().here();
    boolean named = last > 0 || here == null;
    if (last < 1 && here == null) {
      throw new UsageError("name what to copy, and after it where to");
    }
    Word target = named ? remote.word(words.get(last)) : Objects.requireNonNull(here);
    if (target instanceof Word.Local local) {
      throw new UsageError(local + " is no URL; get downloads, and cp copies anything");
    }
    List<Word> sources =
        words.subList(0, named ? last : 1).stream()
            .flatMap(word -> remote.around().local(word).stream())
            .toList();
    new CopyWords(sources, target, transfer, remote).run();
    return ExitStatus.DONE;
  }
}
