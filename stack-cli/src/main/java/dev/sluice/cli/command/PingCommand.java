package dev.sluice.cli.command;

import dev.sluice.api.FileSession;
import dev.sluice.api.PeerUntrusted;
import dev.sluice.api.RawName;
import dev.sluice.cli.connect.DataWay;
import dev.sluice.cli.connect.Interruptible;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.option.OctetCount;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.ping.Announced;
import dev.sluice.cli.ping.Crowd;
import dev.sluice.cli.ping.Doctor;
import dev.sluice.cli.ping.Finding;
import dev.sluice.cli.ping.Finding.Verdict;
import dev.sluice.cli.ping.Pulse;
import dev.sluice.cli.ping.Speed;
import dev.sluice.cli.place.RemoteUrl;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.UsageError;
import dev.sluice.ssh.HostKeyRefused;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code sluice ping}: what works with a server, what does not, and what to do about it. */
@Command(
    name = "ping",
    description =
        "Examines a server step by step: name, addresses, what answers, TLS or SSH, login, round"
            + " trip, and each way of data connections; ends with advice.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice ping ftpes://ann@host",
      "  sluice ping --speed 64m sftp://ann@host",
      "  sluice ping --json sftp://ann@host"
    })
public final class PingCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Option(
      names = "--speed",
      paramLabel = "SIZE",
      converter = OctetCount.class,
      description =
          "Also writes, reads and removes a file of this size in the directory of the login, as 64m"
              + " or 1g.")
  private @Nullable Long speed;

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
    } else {
      boolean inside = login(url);
      doctor.door(user(url));
      if (inside && !url.scheme().equals("sftp")) {
        data(url);
      }
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

  private static String user(RemoteUrl url) {
    String named = url.user();
    if (named != null) {
      return named;
    }
    return url.scheme().equals("sftp") ? System.getProperty("user.name") : "anonymous";
  }

  private boolean login(RemoteUrl url) {
    List<Finding> seen = new CopyOnWriteArrayList<>();
    try {
      run(url, session -> inside(session).doOnNext(seen::add).then());
    } catch (RuntimeException failure) {
      status = ExitStatus.of(failure);
      show(Finding.failed("login", ExitStatus.explain(failure), onLogin(failure)));
      return false;
    }
    seen.forEach(this::show);
    if (seen.stream().anyMatch(each -> each.verdict() == Verdict.FAILED)) {
      status = ExitStatus.FAILED;
    }
    return true;
  }

  private String onLogin(RuntimeException failure) {
    Throwable cause = Exceptions.unwrap(failure);
    String crowd = Crowd.advice(withoutPrefix(ExitStatus.explain(failure)));
    if (crowd != null) {
      return crowd;
    }
    if (cause instanceof HostKeyRefused) {
      return "compare the fingerprint with the one that the operator names: another key may be an"
          + " attacker in between, or a new installation; then trust it with --host-key";
    }
    if (cause instanceof PeerUntrusted) {
      return "name the authority of the certificate with --tls-ca, or its key with --tls-pin";
    }
    return status == ExitStatus.LOGIN_REFUSED
        ? "check the user name and the password, or the key; see the step methods"
        : "the server was reached; see the step login for what it refused";
  }

  private static String withoutPrefix(String words) {
    int reply = words.indexOf("421 ");
    return reply < 0 ? words : words.substring(reply);
  }

  private void run(RemoteUrl url, Function<FileSession, Mono<?>> work) {
    Interruptible.<FileSession>run(
        remote.connect(url).map(session -> session),
        work,
        session -> session.close().onErrorComplete(),
        session -> session.close().onErrorComplete());
  }

  private Flux<Finding> inside(FileSession session) {
    Finding accepted = Finding.ok("login", "accepted; security: " + session.info().security());
    Long octets = speed;
    Flux<Finding> moved = octets == null ? Flux.empty() : Speed.of(session, octets);
    return Flux.concat(
        Mono.just(accepted),
        Pulse.of(session)
            .onErrorResume(
                why -> failed("round trip", why, "the login works, and what follows it does not")),
        moved.onErrorResume(
            why -> failed("speed", why, "the user needs the right to write in this directory")));
  }

  private static Mono<Finding> failed(String step, Throwable why, String advice) {
    return Mono.just(Finding.failed(step, ExitStatus.explain(why), advice));
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
    } else if (!url.scheme().equals("ftp")) {
      reuse(url);
    }
  }

  /** Many servers want a data connection to go on from the control connection's session. */
  private void reuse(RemoteUrl url) {
    remote.use(DataWay.NEW_TLS, line -> {});
    try {
      run(url, session -> session.home().flatMapMany(session::list).then());
      show(Finding.ok("TLS reuse", "not required on data connections"));
    } catch (RuntimeException failure) {
      show(
          Finding.note(
              "TLS reuse",
              "required on data connections; without it: " + ExitStatus.explain(failure),
              "clients must resume the TLS session of the control connection; this one does, older"
                  + " ones cannot"));
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
