package dev.sluice.cli.command;

import dev.sluice.cli.help.Completion;
import dev.sluice.cli.help.ManPage;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.PlainWords;
import dev.sluice.cli.status.UsageError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice install-extras}: manual pages and completion where the system looks for them. */
@Command(
    name = "install-extras",
    description =
        "Writes manual pages and completion for bash, zsh and fish below a prefix; prints the"
            + " files.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice install-extras --prefix ~/.local",
      "  sudo sluice install-extras --prefix /usr/local"
    })
public final class InstallExtrasCommand implements Callable<Integer> {
  @Option(
      names = "--prefix",
      required = true,
      paramLabel = "DIR",
      description = "Where share/man and the others are, such as /usr/local or ~/.local.")
  private Path prefix = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    files(spec.root())
        .forEach(
            (name, text) -> {
              Path file = prefix.resolve("share").resolve(name);
              try {
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.write(file, text.getBytes(StandardCharsets.UTF_8));
              } catch (IOException e) {
                throw new UsageError(
                    "cannot write below --prefix " + prefix + ": " + PlainWords.of(e));
              }
              spec.commandLine().getOut().println(file);
            });
    return ExitStatus.DONE;
  }

  private static Map<String, String> files(CommandSpec root) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("man/man1/" + root.name() + ".1", ManPage.overview(root));
    for (CommandSpec command : ManPage.shown(root)) {
      files.put("man/man1/" + ManPage.pageName(root, command) + ".1", ManPage.of(root, command));
    }
    files.put("bash-completion/completions/" + root.name(), Completion.BASH.script(root));
    files.put("zsh/site-functions/_" + root.name(), Completion.ZSH.script(root));
    files.put("fish/vendor_completions.d/" + root.name() + ".fish", Completion.FISH.script(root));
    return files;
  }
}
