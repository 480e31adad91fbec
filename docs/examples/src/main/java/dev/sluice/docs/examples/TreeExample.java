package dev.sluice.docs.examples;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WalkOptions;
import dev.sluice.api.WriteMode;
import dev.sluice.client.Contents;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Directories and whole trees, over any protocol and on any storage. */
public final class TreeExample {
  private static final int LONGEST = 1 << 20;

  private TreeExample() {}

  /** Writes a text; the directories above it are made if they are missing. */
  public static Mono<Void> publish(FileOperations files, RemotePath file, String text) {
    return files
        .createDirectories(file.parent())
        .then(files.write(file, WriteMode.replace(), Contents.of(text, StandardCharsets.UTF_8)));
  }

  /** The texts of all tables below a directory, one after the other. */
  public static Flux<String> tables(FileOperations files, RemotePath directory) {
    return files
        .walk(directory, WalkOptions.ALL.depth(3).matching("*.csv"))
        .concatMap(
            entry ->
                Contents.text(
                    files.read(entry.path(), ByteRange.all()), StandardCharsets.UTF_8, LONGEST));
  }
}
