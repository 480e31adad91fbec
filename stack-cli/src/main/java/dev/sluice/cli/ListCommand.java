package dev.sluice.cli;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileSession;
import dev.sluice.api.IncompleteListing;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import java.io.PrintWriter;
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
@Command(name = "ls", description = "Lists a directory or a file.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  /** Entries sorted together; a longer listing is sorted in runs, so that it need not be held. */
  private static final int SORTED = 10_000;

  @Option(
      names = {"-l", "--long"},
      description = "Also shows kind, permissions, owner, size and time (UTC).")
  private boolean detailed;

  @Parameters(arity = "1..*", paramLabel = "URL", description = "Directory or file to list.")
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
      Sessions.run(
          remote.connect(place),
          session ->
              place.on(session).flatMapMany(path -> list(session, path, place.directory(), out)));
      out.flush();
    }
    return ExitStatus.DONE;
  }

  private Publisher<?> list(
      FileSession session, RemotePath path, boolean directory, PrintWriter out) {
    AtomicReference<@Nullable IncompleteListing> gap = new AtomicReference<>();
    return entries(session, path, directory)
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
                    .forEach(entry -> out.println(line(entry))))
        .then(Mono.defer(() -> Mono.justOrEmpty(gap.get()).flatMap(Mono::error)));
  }

  private static Flux<FileEntry> entries(FileSession session, RemotePath path, boolean directory) {
    if (directory) {
      return session.list(path);
    }
    return session
        .stat(path)
        .flatMapMany(
            entry -> entry.attributes().isDirectory() ? session.list(path) : Flux.just(entry));
  }

  private String line(FileEntry entry) {
    return detailed ? LongLine.of(entry) : RawName.escape(entry.name());
  }
}
