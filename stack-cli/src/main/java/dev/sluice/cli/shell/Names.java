package dev.sluice.cli.shell;

import dev.sluice.api.FileEntry;
import dev.sluice.api.RawName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import picocli.CommandLine;

/** What may stand where the cursor is: commands, options, and names on either side. */
final class Names implements Completer {
  /** A server that answers later completes nothing: nobody waits longer for a key. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Names shown of a directory. */
  private static final int MOST = 1000;

  private static final String LOCAL = "file:";

  /** Of these every name, or every name but the first, may lie on this machine. */
  private static final Set<String> FROM_HERE = Set.of("lcd", "put");

  private static final Set<String> TO_HERE = Set.of("get", "put");

  private final Shell shell;

  Names(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String word = line.word().substring(0, line.wordCursor());
    if (line.wordIndex() == 0) {
      shell.names().forEach((name, what) -> candidates.add(name(name, what)));
      return;
    }
    String command = line.words().get(0);
    if (command.equals("help")) {
      shell.names().forEach((name, what) -> candidates.add(name(name, what)));
    } else if (word.startsWith("-")) {
      options(command, candidates);
    } else if (word.startsWith(LOCAL)) {
      local(LOCAL, word.substring(LOCAL.length()), candidates);
    } else {
      if (FROM_HERE.contains(command) || TO_HERE.contains(command) && line.wordIndex() > 1) {
        local("", word, candidates);
      }
      if (!command.equals("lcd") && (!command.equals("put") || line.wordIndex() > 1)) {
        remote(word, candidates);
      }
    }
  }

  private void options(String command, List<Candidate> candidates) {
    CommandLine found = shell.command(command);
    if (found != null) {
      found
          .getCommandSpec()
          .options()
          .forEach(
              option -> {
                for (String name : option.names()) {
                  candidates.add(name(name, String.join(" ", option.description())));
                }
              });
    }
  }

  private void remote(String word, List<Candidate> candidates) {
    String directory = word.substring(0, word.lastIndexOf('/') + 1);
    Here here = shell.here();
    try {
      List<FileEntry> entries =
          here.path(directory.isEmpty() ? "." : directory)
              .flatMapMany(path -> here.session().flatMapMany(session -> session.list(path)))
              .take(MOST)
              .collectList()
              .block(PATIENCE);
      if (entries != null) {
        entries.forEach(
            entry -> add(directory, entry.name(), entry.attributes().isDirectory(), candidates));
      }
    } catch (RuntimeException e) {
      // What cannot be listed in time has no names to offer; a command says why.
    }
  }

  private void local(String before, String word, List<Candidate> candidates) {
    String directory = word.substring(0, word.lastIndexOf('/') + 1);
    Path listed = shell.here().localDirectory().resolve(directory);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(listed)) {
      int left = MOST;
      for (Path entry : entries) {
        if (left-- == 0) {
          break;
        }
        String name = String.valueOf(entry.getFileName());
        add(before + directory, name, Files.isDirectory(entry), candidates);
      }
    } catch (IOException e) {
      // As above.
    }
  }

  private static void add(
      String before, String name, boolean directory, List<Candidate> candidates) {
    if (name.equals(RawName.escape(name))) {
      String whole = before + name + (directory ? "/" : "");
      candidates.add(
          new Candidate(whole, name + (directory ? "/" : ""), null, null, null, null, !directory));
    }
  }

  private static Candidate name(String name, String what) {
    return new Candidate(name, name, null, what, null, null, true);
  }
}
