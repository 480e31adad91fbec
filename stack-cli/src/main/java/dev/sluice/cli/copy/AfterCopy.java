package dev.sluice.cli.copy;

import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.status.UsageError;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What becomes of a source file after its copy is complete.
 *
 * @param remove whether it is removed
 * @param directory where it is moved to, on its own side; null = nowhere
 */
record AfterCopy(boolean remove, @Nullable String directory) {
  AfterCopy {
    if (remove && directory != null) {
      throw new UsageError("choose one of --then-remove and --then-move");
    }
  }

  boolean isNothing() {
    return !remove && directory == null;
  }

  /** Does it with {@code file} of {@code source}. */
  Mono<Void> done(Place source, RemotePath file) {
    FileOperations tree = source.tree();
    if (remove) {
      return tree.deleteFile(file);
    }
    return Mono.justOrEmpty(directory)
        .map(text -> place(source, file, text))
        .flatMap(
            into ->
                tree.createDirectories(into)
                    .then(Mono.defer(() -> tree.rename(file, into.child(file.name())))));
  }

  /** A tree of this machine ends where the command has opened it. */
  private static RemotePath place(Place source, RemotePath file, String text) {
    boolean leadsOut = text.startsWith("/") || text.matches("(.*/)?\\.\\.(/.*)?");
    if (source.word() instanceof Word.Local && leadsOut) {
      throw new UsageError(
          "--then-move takes a name below the directory of a file on this machine, not " + text);
    }
    return file.parent().resolve(text);
  }
}
