package dev.sluice.cli.option;

import dev.sluice.cli.status.PlainWords;
import dev.sluice.cli.status.UsageError;
import dev.sluice.client.transfer.Filter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Stack;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which entries take part: the first rule that matches decides, in the order of the options. */
public final class FilterOptions {
  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      parameterConsumer = Exclude.class,
      description =
          "Leaves out what matches. Of all rules the first that matches decides; what none matches"
              + " takes part. A glob with a slash before it is seen from the top, one with a slash"
              + " after it means directories.")
  private List<Rule> excluded = new ArrayList<>();

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      parameterConsumer = Include.class,
      description = "Takes what matches, if no earlier rule leaves it out.")
  private List<Rule> included = new ArrayList<>();

  @Option(
      names = "--filter-from",
      paramLabel = "FILE",
      parameterConsumer = FromFile.class,
      description = "Reads rules from a file, + GLOB and - GLOB, one a line.")
  private List<Rule> files = new ArrayList<>();

  public Filter filter() {
    List<Rule> rules =
        Stream.of(excluded, included, files)
            .flatMap(List::stream)
            .sorted(Comparator.comparingInt(Rule::wordsLeft).reversed())
            .toList();
    Filter all = Filter.all();
    for (Rule each : rules) {
      Filter before = all;
      all = UsageError.unless(() -> each.change().apply(before));
    }
    return all;
  }

  private static Filter read(String file) {
    try {
      return Filter.read(Path.of(file));
    } catch (IOException e) {
      throw new UsageError("cannot read " + file + ": " + PlainWords.of(e));
    }
  }

  /**
   * A rule where it stands.
   *
   * @param wordsLeft words of the command line after it: fewer for each later one
   */
  private record Rule(int wordsLeft, UnaryOperator<Filter> change) {}

  private static String next(Stack<String> words, ArgSpec option, CommandSpec command) {
    if (words.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "Missing required parameter " + option.paramLabel());
    }
    return words.pop();
  }

  private static void add(Stack<String> words, ArgSpec option, UnaryOperator<Filter> change) {
    List<Rule> rules = option.getValue();
    rules.add(new Rule(words.size(), change));
  }

  static final class Exclude implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
      String glob = next(words, option, command);
      add(words, option, before -> before.exclude(glob));
    }
  }

  static final class Include implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
      String glob = next(words, option, command);
      add(words, option, before -> before.include(glob));
    }
  }

  static final class FromFile implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
      String file = next(words, option, command);
      add(words, option, before -> before.and(read(file)));
    }
  }
}
