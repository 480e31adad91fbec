package dev.sluice.cli.command;

import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.copy.CopyWords;
import dev.sluice.cli.copy.TransferOptions;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.status.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice cp}: files and trees between any two places. */
@Command(
    name = "cp",
    description =
        "Copies files, or directories with -r, between servers, this machine, or both; octets pass"
            + " through this machine and are not stored on it.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice cp ftp://old.example.org/f sftp://ann@host/in/",
      "  sluice cp -r sftp://ann@host/data ftpes://bob@host/data",
      "  sluice cp --then-move done 'sftp://ann@host/out/*.csv' inbox"
    })
public final class CopyCommand implements Callable<Integer> {
  @Parameters(
      arity = "2..*",
      paramLabel = "SOURCE... TARGET",
      description =
          "URLs and names on this machine. One source gets the name TARGET, or goes into it if that"
              + " is a directory; several sources, or a pattern, need a directory that is there.")
  private List<String> words = new ArrayList<>();

  @Mixin private RemoteOptions remote = new RemoteOptions();
  @Mixin private TransferOptions transfer = new TransferOptions();

  @Override
  public Integer call() {
    List<Word> all = words.stream().map(remote::word).toList();
    int last = all.size() - 1;
    new CopyWords(all.subList(0, last), all.get(last), transfer, remote).run();
    return ExitStatus.DONE;
  }
}
