package dev.sluice.cli.serve;

import dev.sluice.api.observe.SessionObserver;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.UsageError;
import dev.sluice.server.admin.AdminServer;
import dev.sluice.server.config.AdminConfig;
import dev.sluice.server.config.ConfigFault;
import dev.sluice.server.config.ConfigReader;
import dev.sluice.server.config.DocumentWriter;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.daemon.ConfiguredAccess;
import dev.sluice.server.daemon.Daemon;
import dev.sluice.server.daemon.DocumentDaemon;
import dev.sluice.server.daemon.SystemdNotifier;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;

/** A server that a document describes, in place of options. */
public final class DocumentOptions {
  private static final List<String> BESIDES =
      List.of("--config", "--check", "--print-config", "--verbose");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "Serves what a document says: listeners, users, limits. It is read again on SIGHUP and"
              + " when it changes.")
  private @Nullable Path file;

  @Option(names = "--check", description = "Checks the document of --config, and serves nothing.")
  private boolean check;

  @Option(
      names = "--print-config",
      description = "Prints the document of --config with every key, and serves nothing.")
  private boolean print;

  /** Whether there is a document. */
  public boolean given() {
    if (file == null && (check || print)) {
      throw new UsageError("name the document with -c FILE");
    }
    return file != null;
  }

  /** Runs until the process receives a signal to end, and returns its exit status. */
  public int run(CommandSpec spec, boolean verbose) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    refuseOthers(spec);
    Path document = Objects.requireNonNull(file);
    ConfigReader.Read read;
    try {
      read = ConfigReader.read(document);
    } catch (ConfigFault e) {
      e.faults().forEach(err::println);
      err.flush();
      return ExitStatus.USAGE;
    }
    if (print) {
      out.print(DocumentWriter.write(read.config()));
      out.flush();
      return ExitStatus.DONE;
    }
    UsageError.unless(() -> ConfiguredAccess.checked(read.config()));
    if (check) {
      out.println(document + " is in order: " + DocumentDaemon.summary(read.config()));
      out.flush();
      return ExitStatus.DONE;
    }
    serve(document, read, out, SessionLog.start(err, verbose));
    return ExitStatus.DONE;
  }

  private static void serve(Path document, ConfigReader.Read read, PrintWriter out, SessionLog log)
      throws InterruptedException {
    SystemdNotifier manager = SystemdNotifier.of(System.getenv());
    ServerConfig config = read.config();
    AdminConfig wanted = config.admin();
    AdminServer admin = wanted == null ? null : AdminServer.create();
    SessionObserver observer = admin == null ? log : log.and(admin.observer());
    Daemon daemon =
        Objects.requireNonNull(Daemon.start(config, new ConfiguredAccess()::of, observer).block());
    daemon.servers().stream()
        .flatMap(server -> server.fingerprints().stream())
        .forEach(key -> log.note("host key " + key));
    DocumentDaemon kept = new DocumentDaemon(daemon, document, read.files(), manager, log::note);
    CountDownLatch ended = new CountDownLatch(1);
    Runnable stop = stopping(daemon, manager, ended);
    Signals.register("TERM", stop);
    Signals.register("INT", stop);
    Signals.register("HUP", kept::wish);
    if (admin != null && wanted != null) {
      admin.start(wanted, daemon, kept.reload(), stop).block();
    }
    kept.watch();
    manager.ready(DocumentDaemon.summary(config)).block();
    manager.watch(daemon.healthy());
    out.println("ready " + String.join(" ", daemon.urls()));
    out.flush();
    ended.await();
  }

  /** The first wish drains; a second one does not wait for transfers. */
  private static Runnable stopping(Daemon daemon, SystemdNotifier manager, CountDownLatch ended) {
    AtomicInteger asked = new AtomicInteger();
    return () -> {
      Duration grace = asked.incrementAndGet() == 1 ? daemon.config().drain() : Duration.ZERO;
      manager
          .stopping()
          .then(Mono.defer(() -> daemon.drain(grace)))
          .onErrorComplete()
          .subscribe(nothing -> {}, failure -> {}, ended::countDown);
    };
  }

  private static void refuseOthers(CommandSpec spec) {
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (!BESIDES.contains(option.longestName())) {
        throw new UsageError(
            option.longestName() + " does not go with -c; write it into the document");
      }
    }
  }
}
