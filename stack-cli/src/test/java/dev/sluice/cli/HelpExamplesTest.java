package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.LiveServers.Ran;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The examples that {@code --help} shows do what they say. */
final class HelpExamplesTest {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Pattern URL = Pattern.compile("(\\w+)://[^/]+(/?.*)");

  /**
   * These read standard input, write to the standard output of the process, change its user's
   * configuration, or go on.
   */
  private static final Set<String> ELSEWHERE =
      Set.of("user", "cat", "head", "completion", "bookmark", "watch", "install-extras");

  /** These read what a person types, or what another example has made. */
  private static final Pattern ALONE = Pattern.compile("  sluice (shell sftp:|keygen --show).*");

  private static final Set<String> LOCAL =
      Set.of(
          "script",
          "secret",
          "id_partner",
          "report.pdf",
          "a.csv",
          "b.csv",
          "f",
          "site",
          "mirror",
          "inbox",
          "inbox/",
          ".");

  @TempDir Path home;

  static Stream<String> examples() {
    return commandLine().getSubcommands().values().stream()
        .filter(command -> !ELSEWHERE.contains(command.getCommandName()))
        .flatMap(command -> Arrays.stream(command.getCommandSpec().usageMessage().footer()))
        .filter(line -> line.startsWith("  sluice "))
        .filter(line -> !ALONE.matcher(line).matches());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleWorks(String example) throws IOException {
    Path served = Files.createDirectory(home.resolve("served"));
    for (String file :
        List.of(
            "pub/f",
            "pub/x.gz",
            "in/1.csv",
            "in/t.tmp",
            "in/f",
            "in/a.part",
            "data/f",
            "data/x.gz",
            "out/1.csv",
            "old/x",
            "done/x",
            "f",
            "www/index")) {
      write(served.resolve(file));
    }
    for (String file : List.of("report.pdf", "a.csv", "b.csv", "f", "site/index", "inbox/x")) {
      write(home.resolve(file));
    }
    Files.writeString(home.resolve("secret"), "pass phrase");
    Files.writeString(home.resolve("script"), "cd pub\nls\n");
    try (LiveServers servers = new LiveServers(served)) {
      List<String> words = words(example, servers);

      Ran ran = servers.run(words.get(0), words.subList(1, words.size()).toArray(String[]::new));

      assertThat(ran.status()).as("%s%n%s", example, ran.err()).isZero();
    }
  }

  private List<String> words(String example, LiveServers servers) {
    List<String> words = new ArrayList<>();
    Matcher each = WORD.matcher(example.substring("  sluice ".length()));
    while (each.find()) {
      String word = each.group(1) == null ? each.group(2) : each.group(1);
      Matcher url = URL.matcher(word);
      if (url.matches()) {
        words.add(servers.url(url.group(1).equals("sftp") ? "sftp" : "ftp", url.group(2)));
      } else {
        words.add(LOCAL.contains(word) ? home + "/" + word : word);
      }
    }
    return words;
  }

  private static void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
  }

  private static CommandLine commandLine() {
    return Main.commandLine(
        new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
  }
}
