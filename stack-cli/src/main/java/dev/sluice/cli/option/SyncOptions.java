package dev.sluice.cli.option;

import dev.sluice.client.transfer.Deletion;
import dev.sluice.client.transfer.Mirror;
import dev.sluice.client.transfer.Mirror.Comparison;
import dev.sluice.client.transfer.Scope.Links;
import java.math.BigInteger;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How one tree is made like another. */
public final class SyncOptions {
  @Option(
      names = "--delete",
      arity = "0..1",
      paramLabel = "LIMIT",
      preprocessor = AttachedLimit.class,
      converter = Limit.class,
      description =
          "Removes from TARGET what SOURCE does not have; with --delete=LIMIT nothing if that would"
              + " be more than LIMIT entries.")
  private @Nullable Long delete;

  @Option(names = "--checksum", description = "Compares files by SHA-256 instead of size and time.")
  private boolean checksum;

  @Option(
      names = "--links",
      paramLabel = "HOW",
      defaultValue = "skip",
      description = "Symbolic links of the source: skip, copy or follow (default: skip).")
  private Links links = Links.SKIP;

  @Option(
      names = {"-q", "--quiet"},
      description = "Shows no progress.")
  private boolean quiet;

  @Mixin private WriteOptions write = new WriteOptions();
  @Mixin private PaceOptions pace = new PaceOptions();
  @Mixin private StepOptions steps = new StepOptions();
  @Mixin private FilterOptions filter = new FilterOptions();

  /** Whether a person wants to see no progress. */
  public boolean quiet() {
    return quiet;
  }

  public PaceOptions pace() {
    return pace;
  }

  /** What the options say, unless that is impossible. */
  public Mirror mirror() {
    Long most = delete;
    Mirror how =
        steps
            .apply(Mirror.oneWay())
            .copying(copy -> write.apply(pace.apply(copy)))
            .filter(filter.filter())
            .links(links);
    how = checksum ? how.comparing(Comparison.CHECKSUM) : how;
    if (most == null) {
      return how;
    }
    return most == Long.MAX_VALUE ? how.delete() : how.delete(Deletion.after().atMost(most));
  }

  static final class Limit implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      if (!text.matches("[0-9]{1,19}") || new BigInteger(text).bitLength() > 63) {
        throw new TypeConversionException("'" + text + "' is no number of entries");
      }
      return Long.valueOf(text);
    }
  }

  /** A limit is attached with {@code =}: the next word is a place. */
  static final class AttachedLimit implements IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> state) {
      if (!"=".equals(state.get("separator"))) {
        words.push(String.valueOf(Long.MAX_VALUE));
      }
      return false;
    }
  }
}
