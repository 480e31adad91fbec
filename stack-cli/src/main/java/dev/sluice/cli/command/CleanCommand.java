package dev.sluice.cli.command;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TemporaryName;
import dev.sluice.cli.connect.Places;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.UsageError;
import dev.sluice.storage.local.LocalStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code sluice clean}: finds what transfers that were killed have left, and removes it. */
@Command(
    name = "clean",
    description =
        "Lists temporary files that killed transfers left in a directory on a server or on this"
            + " machine; removes them with --delete.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  sluice clean sftp://ann@host/in", "  sluice clean -r --delete inbox"})
public final class CleanCommand implements Callable<Integer> {
  @Option(names = "--delete", description = "Removes the listed files.")
  private boolean delete;

  @Option(
      names = {"-r", "--recursive"},
      description = "Also looks in subdirectories; links are not followed.")
  private boolean recursive;

  @Option(
      names = "--older-than",
      paramLabel = "HOURS",
      defaultValue = "24",
      description = "Leaves younger files, which may still be in use (default: 24).")
  private int hours;

  @Parameters(paramLabel = "URL|DIR", description = "Directory to search.")
  private String place = "";

  @Mixin private RemoteOptions remote = new RemoteOptions();

  private final AtomicInteger found = new AtomicInteger();

  @Override
  public Integer call() {
    if (hours < 0) {
      throw new UsageError("--older-than takes hours, 0 at least");
    }
    if (remote.word(place) instanceof Word.Local local) {
      cleanHere(local.file());
    } else {
      Places.forEach(remote, List.of(place), where -> clean(where, where.path()));
    }
    if (found.get() > 0 && !delete) {
      remote.err().println("sluice: " + found + " found; --delete removes them");
    }
    return ExitStatus.DONE;
  }

  private Publisher<?> clean(Place place, RemotePath directory) {
    return place
        .tree()
        .list(directory)
        .collectList()
        .flatMapMany(Flux::fromIterable)
        .concatMap(
            entry -> {
              if (entry.attributes().isDirectory()) {
                return recursive ? Flux.from(clean(place, entry.path())) : Flux.empty();
              }
              return isLeft(entry) ? leave(place, entry) : Mono.empty();
            });
  }

  /** The local storage hides its temporary files, so that these are looked for directly. */
  private void cleanHere(Path directory) {
    try (Stream<Path> below = Files.walk(directory, recursive ? Integer.MAX_VALUE : 1)) {
      Iterator<Path> files = below.filter(CleanCommand::isTemporary).iterator();
      while (files.hasNext()) {
        Path file = files.next();
        if (isOld(Files.getLastModifiedTime(file).toInstant())) {
          found.incrementAndGet();
          report(file.toString(), file.toString());
          if (delete) {
            Files.delete(file);
          }
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new FileFailure(FileError.IO_ERROR, "local " + directory + ": " + e.getMessage(), e);
    }
  }

  private static boolean isTemporary(Path file) {
    Path name = file.getFileName();
    return name != null
        && LocalStorage.isTemporary(name.toString())
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private boolean isLeft(FileEntry entry) {
    boolean ours =
        remote.temporaryName().matches(entry.name()) || TemporaryName.DEFAULT.matches(entry.name());
    Instant modified = entry.attributes().modified();
    return ours
        && entry.attributes().isFile()
        && (hours == 0 || modified != null && isOld(modified));
  }

  private boolean isOld(Instant modified) {
    return modified.isBefore(Instant.now().minus(Duration.ofHours(hours)).plusMillis(1));
  }

  private Mono<Void> leave(Place place, FileEntry entry) {
    found.incrementAndGet();
    report(entry.path().toString(), place.wordOf(entry.path()));
    return delete ? place.tree().deleteFile(entry.path()) : Mono.empty();
  }

  private void report(String name, String word) {
    remote
        .report()
        .both(
            RawName.escape(name), Event.LEFTOVER, Fields.of("place", word).and("removed", delete));
  }
}
