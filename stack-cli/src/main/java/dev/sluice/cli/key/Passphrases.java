package dev.sluice.cli.key;

import dev.sluice.cli.output.Terminal;
import dev.sluice.cli.status.PlainWords;
import dev.sluice.cli.status.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the passphrase of a key comes from; never from the command line, which others can read. */
public final class Passphrases {
  private static final String VARIABLE = "SLUICE_PASSPHRASE";
  private static final int LONGEST = 1024;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "Takes the passphrase from the first line of a file; otherwise from the variable"
              + " SLUICE_PASSPHRASE, otherwise from the terminal.")
  private @Nullable Path file;

  @Option(names = "--no-passphrase", description = "Protects the key by its file mode only.")
  private boolean none;

  /** For a new key: asked for twice; empty = none. */
  public char[] chosen() {
    String known = known();
    if (known != null) {
      return known.toCharArray();
    }
    String typed = Terminal.askPassword("Passphrase (empty for none): ");
    if (typed == null) {
      throw new UsageError(
          "no passphrase and no terminal to ask on; give --passphrase-file FILE or --no-passphrase");
    }
    if (!typed.equals(Terminal.askPassword("The same passphrase again: "))) {
      throw new UsageError("the two passphrases differ");
    }
    return typed.toCharArray();
  }

  /** For a key that has one. */
  public char[] of(Path key) {
    String known = known();
    String typed = known == null ? Terminal.askPassword("Passphrase for " + key + ": ") : known;
    if (typed == null) {
      throw new UsageError(
          key
              + " has a passphrase, and there is no terminal to ask on; give --passphrase-file FILE");
    }
    return typed.toCharArray();
  }

  private @Nullable String known() {
    Path named = file;
    if (none && named != null) {
      throw new UsageError("choose one of --passphrase-file and --no-passphrase");
    }
    if (none) {
      return "";
    }
    return named == null ? System.getenv(VARIABLE) : first(named);
  }

  private static String first(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw new UsageError(file + " is too long for a passphrase");
      }
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty() || lines.get(0).isEmpty()) {
        throw new UsageError(file + " holds no passphrase; for none use --no-passphrase");
      }
      return lines.get(0);
    } catch (IOException e) {
      throw new UsageError("cannot read " + file + ": " + PlainWords.of(e));
    }
  }
}
