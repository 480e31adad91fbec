package dev.sluice.cli.command;

import dev.sluice.cli.config.BookmarkFile;
import dev.sluice.cli.config.Bookmarks;
import dev.sluice.cli.place.RemoteUrl;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.UsageError;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice bookmark}: names for places. */
@Command(
    name = "bookmark",
    description = {
      "Names places, for every command: NAME: is the place, NAME:PATH is below it, and NAME:/PATH",
      "starts at the root of its server. They stand in ~/.config/sluice/config.yaml, which may also",
      "hold passwords, keys and defaults for hosts."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice bookmark add partner sftp://ann@host/in",
      "  sluice bookmark list",
      "  sluice bookmark remove partner"
    })
public final class BookmarkCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    throw new UsageError("write bookmark list, bookmark add NAME URL or bookmark remove NAME");
  }

  @Command(name = "list", description = "Prints the names and their places, without passwords.")
  int list() {
    Bookmarks all = read(Bookmarks::load);
    PrintWriter out = out();
    for (String name : all.names()) {
      all.resolve(name + ":")
          .ifPresent(bookmark -> out.println(name + ": " + bookmark.place().toString()));
    }
    return ExitStatus.DONE;
  }

  @Command(name = "add", description = "Adds a name for a place.")
  int add(
      @Parameters(paramLabel = "NAME", description = "Letters, digits and the like; no : or /.")
          String name,
      @Parameters(paramLabel = "URL", description = "What it stands for; without a password.")
          String url) {
    RemoteUrl place = RemoteUrl.parse(url);
    if (place.place().password() != null) {
      throw new UsageError(
          "no password in a URL that is kept: write it as password: below the bookmark in "
              + Bookmarks.file()
              + ", or into ~/.netrc");
    }
    read(
        () -> {
          new BookmarkFile(Bookmarks.file()).add(name, url);
          return ExitStatus.DONE;
        });
    return ExitStatus.DONE;
  }

  @Command(name = "remove", description = "Takes a name and what it says out of the file.")
  int remove(@Parameters(paramLabel = "NAME", description = "The name.") String name) {
    read(
        () -> {
          new BookmarkFile(Bookmarks.file()).remove(name);
          return ExitStatus.DONE;
        });
    return ExitStatus.DONE;
  }

  private PrintWriter out() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the spec");
    }
    return spec.commandLine().getOut();
  }

  private static <T> T read(FileWork<T> work) {
    try {
      return work.run();
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  private interface FileWork<T> {
    T run() throws IOException;
  }
}
