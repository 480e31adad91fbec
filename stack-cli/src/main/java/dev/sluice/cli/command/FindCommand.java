package dev.sluice.cli.command;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileKind;
import dev.sluice.api.WalkOptions;
import dev.sluice.cli.connect.PlaceWords;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.option.Age;
import dev.sluice.cli.option.OctetCount;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.status.UsageError;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice find}: what is in a directory and below it, chosen by name, kind, size and age. */
@Command(
    name = "find",
    description =
        "Lists what is in a directory and below it and meets all conditions, each as a word that"
            + " any command takes.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice find --name '*.csv' sftp://ann@host/in",
      "  sluice find --type file --larger 1g --older 30d ftp://ftp.example.org/pub"
    })
public final class FindCommand implements Callable<Integer> {
  /** The letters of {@code find -type}, and whole words. */
  enum Type {
    FILE(FileKind.FILE),
    DIRECTORY(FileKind.DIRECTORY),
    LINK(FileKind.SYMBOLIC_LINK),
    OTHER(FileKind.OTHER);

    private final FileKind kind;

    Type(FileKind kind) {
      this.kind = kind;
    }
  }

  @Option(names = "--name", paramLabel = "GLOB", description = "Only names that match; quote it.")
  private @Nullable String name;

  @Option(
      names = "--type",
      paramLabel = "KIND",
      description = "Only this kind: file, directory, link or other.")
  private @Nullable Type type;

  @Option(
      names = "--larger",
      paramLabel = "SIZE",
      converter = OctetCount.class,
      description = "Only files of more octets, such as 512, 64m or 1g.")
  private @Nullable Long larger;

  @Option(
      names = "--smaller",
      paramLabel = "SIZE",
      converter = OctetCount.class,
      description = "Only files of fewer octets.")
  private @Nullable Long smaller;

  @Option(
      names = "--older",
      paramLabel = "AGE",
      converter = Age.class,
      description = "Only what was modified longer ago, such as 90s, 15m, 12h or 30d.")
  private @Nullable Duration older;

  @Option(
      names = "--newer",
      paramLabel = "AGE",
      converter = Age.class,
      description = "Only what was modified since.")
  private @Nullable Duration newer;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "256",
      description = "Goes no deeper than N directories (default: 256, the most).")
  private int depth;

  @Mixin private PlaceWords words = new PlaceWords();

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    WalkOptions how = options();
    return words.each(remote, place -> find(place, how));
  }

  private WalkOptions options() {
    WalkOptions how = UsageError.unless(() -> WalkOptions.ALL.depth(depth));
    String glob = name;
    WalkOptions named = glob == null ? how : how.matching(glob);
    Type only = type;
    return only == null ? named : named.only(only.kind);
  }

  private Publisher<?> find(Place place, WalkOptions how) {
    Report report = remote.report();
    Instant now = Instant.now();
    return place
        .tree()
        .walk(place.path(), how)
        .filter(entry -> fits(entry) && fits(entry.attributes().modified(), now))
        .doOnNext(
            entry -> report.both(place.shown(entry.path()), Event.ENTRY, place.fields(entry)));
  }

  /** A size that is not known meets no condition. */
  private boolean fits(FileEntry entry) {
    Long least = larger;
    Long most = smaller;
    if (least == null && most == null) {
      return true;
    }
    return entry.attributes().isFile()
        && entry.attributes().hasSize()
        && (least == null || entry.size() > least)
        && (most == null || entry.size() < most);
  }

  private boolean fits(@Nullable Instant modified, Instant now) {
    Duration least = older;
    Duration most = newer;
    if (least == null && most == null) {
      return true;
    }
    return modified != null
        && (least == null || modified.isBefore(now.minus(least)))
        && (most == null || !modified.isBefore(now.minus(most)));
  }
}
