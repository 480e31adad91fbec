package dev.sluice.cli.command;

import dev.sluice.cli.help.ManPage;
import dev.sluice.cli.status.ExitStatus;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice man}: the manual page of the version that runs. */
@Command(
    name = "man",
    description = "Prints the manual page; to read it: sluice man | man -l -",
    mixinStandardHelpOptions = true)
public final class ManCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec own = Objects.requireNonNull(spec);
    own.commandLine().getOut().print(ManPage.of(own.root()));
    own.commandLine().getOut().flush();
    return ExitStatus.DONE;
  }
}
