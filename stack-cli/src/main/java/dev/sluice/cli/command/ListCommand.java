package dev.sluice.cli.command;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileOperations;
import dev.sluice.api.IncompleteListing;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.cli.connect.Places;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Json;
import dev.sluice.cli.output.LongLine;
import dev.sluice.cli.output.Paint;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.status.ExitStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code sluice ls}: the names in a directory. */
@Command(
    name = "ls",
    description = "Lists directories and files.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice ls -l ftp://ftp.example.org/pub/",
      "  sluice ls 'sftp://ann@host/in/*.csv'",
      "  sluice ls --json sftp://ann@host/in"
    })
public final class ListCommand implements Callable<Integer> {
  /** Entries sorted together; a longer listing is sorted in runs, so that it need not be held. */
  private static final int SORTED = 10_000;

  @Option(
      names = {"-l", "--long"},
      description = "Also shows kind, permissions, owner, size and time (UTC).")
  private boolean detailed;

  @Parameters(
      arity = "1..*",
      paramLabel = "PLACE",
      description = "Directories or files to list, on servers or on this machine.")
  private List<String> words = new ArrayList<>();

  @Mixin private RemoteOptions remote = new RemoteOptions();

  private boolean begun;

  /** With {@code --json}, one array of everything. */
  @Override
  public Integer call() {
    Report report = remote.report();
    if (report.json()) {
      report.out().print("[");
    }
    try {
      Places.forEach(remote, words, this::list);
    } finally {
      if (report.json()) {
        report.out().println("]");
      }
    }
    return ExitStatus.DONE;
  }

  private Publisher<?> list(Place place) {
    AtomicReference<@Nullable IncompleteListing> gap = new AtomicReference<>();
    boolean matched = !place.base().equals(place.path());
    return Flux.defer(
            () -> {
              if (words.size() > 1 && !matched) {
                remote.report().line(place.word() + ":");
              }
              return entries(place, matched);
            })
        .onErrorResume(
            IncompleteListing.class,
            incomplete -> {
              gap.set(incomplete);
              return Flux.empty();
            })
        .buffer(SORTED)
        .doOnNext(
            entries ->
                entries.stream()
                    .sorted(Comparator.comparing(FileEntry::name))
                    .forEach(entry -> print(place, entry)))
        .then(Mono.defer(() -> Mono.justOrEmpty(gap.get()).flatMap(Mono::error)));
  }

  /** What a pattern has matched is shown itself, not what is in it. */
  private static Flux<FileEntry> entries(Place place, boolean matched) {
    FileOperations tree = place.tree();
    RemotePath path = place.path();
    if (matched) {
      return tree.lstat(path).map(entry -> new FileEntry(path, entry.attributes())).flux();
    }
    if (place.word() instanceof Word.Remote && place.word().directory()) {
      return tree.list(path);
    }
    return tree.stat(path)
        .flatMapMany(
            entry -> entry.attributes().isDirectory() ? tree.list(path) : Flux.just(entry));
  }

  private void print(Place place, FileEntry entry) {
    Report report = remote.report();
    if (report.json()) {
      report.print((begun ? "," : "") + Json.text(Report.values(Event.ENTRY, place.fields(entry))));
      begun = true;
      return;
    }
    boolean matched = !place.base().equals(place.path());
    String name = matched ? place.shown(entry.path()) : RawName.escape(entry.name());
    Paint paint = remote.paint();
    report.line(detailed ? LongLine.of(entry, paint) : paint.name(entry.attributes(), name));
  }
}
