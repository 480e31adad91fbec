package dev.sluice.cli.command;

import dev.sluice.api.DirectoryListing;
import dev.sluice.api.FileEntry;
import dev.sluice.api.IncompleteListing;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WalkOptions;
import dev.sluice.cli.connect.PlaceWords;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.status.UsageError;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code sluice tree}: a directory and what is below it, indented. */
@Command(
    name = "tree",
    description = "Shows a directory and everything below it as a tree.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice tree sftp://ann@host/data",
      "  sluice tree --depth 2 ftp://ftp.example.org/pub"
    })
public final class TreeCommand implements Callable<Integer> {
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
    if (depth < 1 || depth > WalkOptions.MAX_DEPTH) {
      throw new UsageError("--depth takes 1 to " + WalkOptions.MAX_DEPTH + " directories");
    }
    return words.each(remote, this::show);
  }

  private Publisher<?> show(Place place) {
    return Flux.defer(
        () -> {
          AtomicReference<@Nullable IncompleteListing> gap = new AtomicReference<>();
          remote.report().line(place.shown());
          return below(place, place.path(), 1, gap)
              .thenMany(Mono.defer(() -> Mono.justOrEmpty(gap.get()).flatMap(Mono::error)));
        });
  }

  private Mono<Void> below(
      Place place,
      RemotePath directory,
      int level,
      AtomicReference<@Nullable IncompleteListing> gap) {
    return DirectoryListing.of(place.tree(), directory)
        .flatMapMany(
            listing -> {
              gap.compareAndSet(null, listing.incomplete());
              return Flux.fromStream(
                  listing.entries().stream().sorted(Comparator.comparing(FileEntry::name)));
            })
        .concatMap(
            entry -> {
              Fields fields = place.fields(entry).and("depth", level);
              remote.report().both("  ".repeat(level) + line(entry), Event.ENTRY, fields);
              return entry.attributes().isDirectory() && level < depth
                  ? below(place, entry.path(), level + 1, gap)
                  : Mono.empty();
            })
        .then();
  }

  private static String line(FileEntry entry) {
    String target = entry.attributes().linkTarget();
    return RawName.escape(entry.name())
        + (entry.attributes().isDirectory() ? "/" : "")
        + (target == null ? "" : " -> " + RawName.escape(target));
  }
}
