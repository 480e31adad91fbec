package dev.sluice.cli.command;

import dev.sluice.api.FileSession;
import dev.sluice.api.RawName;
import dev.sluice.cli.connect.DataWay;
import dev.sluice.cli.connect.Interruptible;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.ping.Announced;
import dev.sluice.cli.ping.Doctor;
import dev.sluice.cli.ping.Finding;
import dev.sluice.cli.ping.Finding.Verdict;
import dev.sluice.cli.place.RemoteUrl;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.UsageError;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Mono;

/** {@code sluice ping}: what works with a server, what does not, and what to do about it. */
@Command(
    name = "ping",
    description =
        "Examines a server step by step: name, addresses, what answers, TLS or SSH, login, and each"
            + " way of data connections; ends with advice.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  sluice ping ftpes://ann@host", "  sluice ping --json sftp://ann@host"})
public final class PingCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Parameters(paramLabel = "URL", description = "The server, and the user to log in as.")
  private String text = "";

  @Mixin private RemoteOptions remote = new RemoteOptions();

  private final Set<String> advice = new LinkedHashSet<>();
  private int status = ExitStatus.DONE;

  @Override
  public Integer call() {
    RemoteUrl url = RemoteUrl.parse(text);
    int usual = usualPort(url.scheme());
    remote.serves(url.scheme());
    Duration given = remote.timeout(url.settings());
    Doctor doctor =
        new Doctor(
            url.scheme(),
            url.host(),
            url.port() == 0 ? usual : url.port(),
            given == null ? PATIENCE : given,
            this::show);
    if (!doctor.examine()) {
      status = ExitStatus.CANNOT_CONNECT;
    } else if (login(url) && !url.scheme().equals("sftp")) {
      data(url);
    }
    conclude();
    return status;
  }

  private static int usualPort(String scheme) {
    return switch (scheme) {
      case "ftp", "ftpes" -> 21;
      case "ftps" -> 990;
      case "sftp" -> 22;
      default ->
          throw new UsageError(
              scheme + ":// is not known; this version knows ftp, ftpes, ftps, sftp");
    };
  }

  private boolean login(RemoteUrl url) {
    List<Finding> seen = new CopyOnWriteArrayList<>();
    try {
      run(url, session -> roundTrip(session, seen));
    } catch (RuntimeException failure) {
      status = ExitStatus.of(failure);
      show(
          Finding.failed(
              "login",
              ExitStatus.explain(failure),
              status == ExitStatus.LOGIN_REFUSED
                  ? "check the user name and the password, or the key"
                  : "the server was reached; see the step login for what it refused"));
      return false;
    }
    seen.forEach(this::show);
    return true;
  }

  private void run(RemoteUrl url, Function<FileSession, Mono<?>> work) {
    Interruptible.<FileSession>run(
        remote.connect(url).map(session -> session),
        work,
        session -> session.close().onErrorComplete(),
        session -> session.close().onErrorComplete());
  }

  private static Mono<?> roundTrip(FileSession session, List<Finding> seen) {
    return Mono.defer(
        () -> {
          seen.add(Finding.ok("login", "accepted; security: " + session.info().security()));
          long begun = System.nanoTime();
          return session
              .home()
              .flatMap(session::stat)
              .doOnNext(
                  entry -> {
                    double millis = (System.nanoTime() - begun) / 1e6;
                    seen.add(
                        Finding.ok("round trip", String.format(Locale.ROOT, "%.1f ms", millis)));
                  });
        });
  }

  /** A listing needs a data connection. */
  private void data(RemoteUrl url) {
    boolean works = false;
    for (DataWay way : List.of(DataWay.EPSV, DataWay.PASV, DataWay.ACTIVE)) {
      List<String> replies = new CopyOnWriteArrayList<>();
      remote.use(way, replies::add);
      try {
        run(url, session -> session.home().flatMapMany(session::list).then());
        show(Finding.ok(way.name(), "a data connection works"));
        works = true;
      } catch (RuntimeException failure) {
        show(failed(way, failure, works));
      }
      announced(url, replies);
    }
    if (!works) {
      status = ExitStatus.FAILED;
    }
  }

  private static Finding failed(DataWay way, RuntimeException failure, boolean another) {
    String seen = ExitStatus.explain(failure);
    String advice =
        way == DataWay.ACTIVE
            ? "that is usual behind a NAT or a firewall of this side: use passive mode, the default"
            : "open the server's range of passive ports in its firewall";
    return another
        ? Finding.note(way.name(), seen, advice)
        : Finding.failed(way.name(), seen, advice);
  }

  private void announced(RemoteUrl url, List<String> replies) {
    InetAddress server;
    try {
      server = InetAddress.getByName(url.host());
    } catch (UnknownHostException e) {
      return; // it was known a moment ago, and the connection says what there is to say
    }
    replies.stream()
        .map(line -> line.replaceFirst("^< ", ""))
        .flatMap(line -> Announced.in(line).stream())
        .flatMap(found -> found.fault(server).stream())
        .distinct()
        .forEach(this::show);
  }

  private void show(Finding finding) {
    String mark =
        switch (finding.verdict()) {
          case OK -> "ok    ";
          case NOTE -> "note  ";
          case FAILED -> "FAILED";
        };
    remote
        .report()
        .both(
            String.format(
                Locale.ROOT,
                "%s  %-12s  %s",
                mark,
                finding.step(),
                RawName.escape(finding.detail())),
            Event.STEP,
            Fields.of("step", finding.step())
                .and("verdict", finding.verdict().name().toLowerCase(Locale.ROOT))
                .and("detail", finding.detail())
                .and("advice", finding.advice()));
    String remedy = finding.advice();
    if (remedy != null) {
      String prefix = finding.verdict() == Verdict.FAILED ? "" : "(works) ";
      advice.add(prefix + finding.step() + ": " + remedy);
    }
  }

  private void conclude() {
    Report report = remote.report();
    List<String> lines = new ArrayList<>(advice);
    report.line("");
    report.line(lines.isEmpty() ? "Nothing to complain about." : "Advice:");
    lines.forEach(each -> report.line("  " + RawName.escape(each)));
  }
}
