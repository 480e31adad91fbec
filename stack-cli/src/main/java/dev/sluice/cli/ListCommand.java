package dev.sluice.cli;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileSession;
import dev.sluice.api.RawName;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

/** {@code sluice ls}: the names in a directory. */
@Command(
    name = "ls",
    description = "Lists a directory, or a file itself.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  /** Entries sorted together; a longer listing is sorted in runs, so that it need not be held. */
  private static final int SORTED = 10_000;

  @Option(
      names = {"-l", "--long"},
      description = "Kind, permissions, owner, size and time (UTC) as well.")
  private boolean detailed;

  @Parameters(arity = "1..*", paramLabel = "URL", description = "What to list.")
  private List<String> urls = new ArrayList<>();

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    List<RemoteUrl> places = urls.stream().map(RemoteUrl::parse).toList();
    PrintWriter out = remote.out();
    for (RemoteUrl place : places) {
      if (places.size() > 1) {
        out.println(place + ":");
      }
      Sessions.run(remote.connect(place), session -> list(session, place, out));
      out.flush();
    }
    return ExitStatus.DONE;
  }

  private Publisher<?> list(FileSession session, RemoteUrl place, PrintWriter out) {
    return entries(session, place)
        .buffer(SORTED)
        .doOnNext(
            entries ->
                entries.stream()
                    .sorted(Comparator.comparing(FileEntry::name))
                    .forEach(entry -> out.println(line(entry))));
  }

  private static Flux<FileEntry> entries(FileSession session, RemoteUrl place) {
    if (place.directory()) {
      return session.list(place.path());
    }
    return session
        .stat(place.path())
        .flatMapMany(
            entry ->
                entry.attributes().isDirectory() ? session.list(place.path()) : Flux.just(entry));
  }

  private String line(FileEntry entry) {
    return detailed ? LongLine.of(entry) : RawName.escape(entry.name());
  }
}
