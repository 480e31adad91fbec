package dev.sluice.ssh.config;

import dev.sluice.ssh.config.SshConfig.Block;
import dev.sluice.ssh.config.SshConfig.Setting;
import dev.sluice.ssh.key.trust.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads configuration files; one parser for each file and the files that it includes. */
final class ConfigParser {
  private static final int DEEPEST = 16; // as OpenSSH
  private static final int MOST_SETTINGS = 100_000;

  private final @Nullable Function<String, List<String>> included;
  private final List<Block> blocks = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  private int settings;

  /**
   * @param included null = files that are included are not read
   */
  ConfigParser(@Nullable Function<String, List<String>> included) {
    this.included = included;
  }

  SshConfig parse(String file) {
    read(file, List.of(), 0);
    return new SshConfig(blocks, warnings);
  }

  private void read(String file, List<MatchBlock> outer, int depth) {
    Block current = begin(outer);
    int number = 0;
    String text = !file.isEmpty() && file.charAt(0) == '\uFEFF' ? file.substring(1) : file;
    for (String line : text.lines().toList()) {
      number++;
      List<String> words = ConfigLine.words(line, number);
      if (words.isEmpty()) {
        continue;
      }
      if (++settings > MOST_SETTINGS) {
        throw new IllegalArgumentException("more than " + MOST_SETTINGS + " settings");
      }
      String keyword = Keywords.canonical(words.get(0));
      List<String> rest = List.copyOf(words.subList(1, words.size()));
      switch (keyword) {
        case "host" -> current = begin(with(outer, MatchBlock.host(rest)));
        case "match" -> current = begin(with(outer, MatchBlock.match(rest)));
        case "include" -> {
          include(rest, current.conditions(), depth, number);
          current = begin(current.conditions());
        }
        case "ignoreunknown" -> rest.forEach(word -> ignored.addAll(List.of(word.split(","))));
        default -> add(current, new Setting(keyword, rest, number), words.get(0));
      }
    }
  }

  private void add(Block block, Setting setting, String asWritten) {
    if (!Keywords.isKnown(setting.keyword())) {
      String lower = asWritten.toLowerCase(Locale.ROOT);
      if (ignored.stream().anyMatch(p -> Wildcard.matches(p.toLowerCase(Locale.ROOT), lower))) {
        return;
      }
      throw new IllegalArgumentException(
          "line "
              + setting.line()
              + ": "
              + asWritten
              + " is no setting of ssh_config; IgnoreUnknown "
              + asWritten
              + " above it leaves it out");
    }
    if (setting.words().isEmpty()) {
      throw new IllegalArgumentException("line " + setting.line() + ": " + asWritten + " what?");
    }
    block
        .undecidable()
        .ifPresent(
            criterion -> {
              String where = "line " + setting.line() + ": " + asWritten + " after Match ";
              if (Keywords.decidesTrust(setting.keyword())) {
                throw new IllegalArgumentException(
                    where + criterion + ", which is not supported: move it into a Host block");
              }
              warnings.add(where + criterion + ", which is not supported, has no effect");
            });
    block.settings().add(setting);
  }

  private void include(List<String> words, List<MatchBlock> conditions, int depth, int number) {
    if (included == null) {
      warnings.add("line " + number + ": Include " + String.join(" ", words) + " is not read");
      return;
    }
    if (depth == DEEPEST) {
      throw new IllegalArgumentException("line " + number + ": Include is nested too deeply");
    }
    for (String word : words) {
      included.apply(word).forEach(text -> read(text, conditions, depth + 1));
    }
  }

  private Block begin(List<MatchBlock> conditions) {
    Block block = new Block(conditions, new ArrayList<>());
    blocks.add(block);
    return block;
  }

  private static List<MatchBlock> with(List<MatchBlock> outer, MatchBlock one) {
    List<MatchBlock> all = new ArrayList<>(outer);
    all.add(one);
    return List.copyOf(all);
  }
}
