package dev.sluice.server.daemon;

import dev.sluice.api.IoScheduler;
import dev.sluice.server.config.ListenerConfig;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.config.TlsConfig;
import dev.sluice.server.listen.Listeners;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks at files again and again, and says when some of them have changed and rest again. */
final class FileWatch {
  private FileWatch() {}

  /** The files that a document names besides itself. */
  static Set<Path> namedBy(ServerConfig config) {
    Set<Path> all = new TreeSet<>();
    add(all, config.tls());
    addKeys(all, config.hostKeys());
    for (ListenerConfig listener : config.listeners()) {
      add(all, listener.tls());
      addKeys(all, listener.hostKeys());
    }
    return all;
  }

  private static void addKeys(Set<Path> all, @Nullable Path directory) {
    if (directory != null) {
      for (String name : List.of("ed25519", "ecdsa", "rsa")) {
        all.add(directory.resolve("ssh_host_" + name + "_key"));
      }
    }
  }

  private static void add(Set<Path> all, @Nullable TlsConfig tls) {
    if (tls != null) {
      all.add(tls.certificate());
      all.add(tls.key());
    }
  }

  /** Emits after a change that one more look has found unchanged. */
  static Flux<Boolean> changes(Supplier<Set<Path>> files, Duration every) {
    return Flux.defer(
        () -> {
          String[] seen = {"", ""}; // acted upon, and at the last look
          return Flux.interval(every)
              .onBackpressureDrop()
              .startWith(-1L)
              .concatMap(
                  tick ->
                      Mono.fromCallable(() -> stamps(files.get()))
                          .subscribeOn(IoScheduler.shared()),
                  1)
              .map(
                  now -> {
                    boolean rests = now.equals(seen[1]) && !now.equals(seen[0]);
                    boolean first = seen[0].isEmpty();
                    seen[0] = rests || first ? now : seen[0];
                    seen[1] = now;
                    return rests && !first;
                  })
              .filter(changed -> changed);
        });
  }

  private static String stamps(Set<Path> files) {
    StringBuilder all = new StringBuilder();
    files.forEach(file -> all.append(Listeners.stamp(file)).append('\n'));
    return all.toString();
  }
}
