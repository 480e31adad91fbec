package dev.sluice.cli.command;

import dev.sluice.api.BoundServer;
import dev.sluice.api.FileServer;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.Right;
import dev.sluice.api.storage.Storage;
import dev.sluice.cli.serve.CertificateOptions;
import dev.sluice.cli.serve.DocumentOptions;
import dev.sluice.cli.serve.GeneratedPassword;
import dev.sluice.cli.serve.HostKeyOptions;
import dev.sluice.cli.serve.ListenAddress;
import dev.sluice.cli.serve.PassiveOptions;
import dev.sluice.cli.serve.SessionLog;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.UsageError;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.sftp.HostKeyDirectory;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.transport.Network;
import dev.sluice.transport.door.StaticUsers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code sluice serve}: serves a directory until the process receives a signal to end. */
@Command(
    name = "serve",
    description = "Serves a directory.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ServeCommand implements Callable<Integer> {
  private static final Path DEFAULT_ROOT = Path.of("sluice-data");
  private static final String DEFAULT_USER = "sluice";
  private static final Duration GRACE = Duration.ofSeconds(5);

  @Mixin private DocumentOptions document = new DocumentOptions();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Directory to serve (default: ./sluice-data).")
  private @Nullable Path root;

  @Option(
      names = "--user",
      paramLabel = "NAME:PASSWORD",
      description = "A user who may log in; may be given several times.")
  private List<String> users = new ArrayList<>();

  @Option(names = "--anonymous", description = "Lets guests log in to read, and nothing else.")
  private boolean anonymous;

  @Option(
      names = "--listen",
      paramLabel = "URL",
      description =
          "Address to listen on, e.g. ftp://127.0.0.1:2121. ftpes:// refuses logins without AUTH"
              + " TLS, ftps:// is TLS from the first octet, sftp:// is over SSH; may be given"
              + " several times.")
  private List<String> listen = new ArrayList<>();

  @Mixin private PassiveOptions passive = new PassiveOptions();

  @Mixin private CertificateOptions certificates = new CertificateOptions();

  @Mixin private HostKeyOptions hostKeys = new HostKeyOptions();

  @Option(
      names = "--never-ban",
      paramLabel = "NETWORK",
      description =
          "Addresses, such as 10.0.0.0/8, that are never banned for failed logins and may hold any"
              + " number of sessions: load balancers, gateways of many users, monitoring; may be"
              + " given several times.")
  private List<String> neverBan = new ArrayList<>();

  @Option(
      names = "--uploads-in-place",
      description =
          "Shows uploads over sftp:// under their names while they grow. By default they appear"
              + " when they are complete, as over ftp://.")
  private boolean uploadsInPlace;

  @Option(names = "--read-only", description = "Refuses all changes.")
  private boolean readOnly;

  @Option(
      names = {"-v", "--verbose"},
      description =
          "Logs everything that sessions do on standard error; the default is failed logins and"
              + " bans.")
  private boolean verbose;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return document.given() ? document.run(spec(), verbose) : serve();
  }

  private int serve() {
    List<ListenAddress> addresses =
        listen.isEmpty()
            ? List.of(new ListenAddress(ListenAddress.Scheme.FTP, "127.0.0.1", 0))
            : listen.stream().map(ListenAddress::parse).toList();
    Storage files = storage();
    String password =
        users.isEmpty() && !anonymous && !hostKeys.hasUsers() ? GeneratedPassword.next() : null;
    StaticUsers who = users(password);
    Optional<TlsServerOptions> tls = tls(addresses);
    List<BoundServer> bound = new ArrayList<>();
    List<String> urls = new ArrayList<>();
    SessionLog log = SessionLog.start(err(), verbose);
    hostKeys.log(log::note);
    for (ListenAddress address : addresses) {
      FileServer server =
          address.scheme() == ListenAddress.Scheme.SFTP
              ? sftp(address, files, who).observer(log)
              : ftp(address, files, who, tls.orElse(null)).observer(log);
      BoundServer started = Objects.requireNonNull(server.bind().block());
      bound.add(started);
      HostKeyOptions.tell(started, err());
      urls.add(address.url(started.address()));
    }
    hostKeys.report(err());
    sweep(log);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(bound), "sluice-drain"));
    if (password != null) {
      out().println("user " + DEFAULT_USER + ", password " + password);
    }
    out().println("ready " + String.join(" ", urls));
    out().flush();
    Flux.fromIterable(bound).flatMap(BoundServer::onDispose).blockLast();
    return ExitStatus.DONE;
  }

  /** One certificate for all addresses; made up when there is one to serve and none to show. */
  private Optional<TlsServerOptions> tls(List<ListenAddress> addresses) {
    boolean needed =
        listen.isEmpty()
            || addresses.stream().anyMatch(address -> address.scheme().needsCertificate());
    return certificates.tls(needed, err());
  }

  private FtpServer ftp(
      ListenAddress address, Storage files, StaticUsers who, @Nullable TlsServerOptions tls) {
    FtpServer server =
        FtpServer.create()
            .host(address.host())
            .port(address.port())
            .storage(files)
            .users(who)
            .data(passive::data)
            .login(login -> login.withNeverBanned(neverBanned()));
    return tls == null ? server : server.tls(certificates.policy(address, tls));
  }

  private Set<String> userNames() {
    return users.stream()
        .map(user -> user.substring(0, Math.max(0, user.indexOf(':'))))
        .collect(Collectors.toUnmodifiableSet());
  }

  private SftpServer sftp(ListenAddress address, Storage files, StaticUsers who) {
    return SftpServer.create()
        .host(address.host())
        .port(address.port())
        .storage(files)
        .users(hostKeys.withKeys(who, userNames(), this::identity))
        .uploads(uploads -> uploads.withAtomic(!uploadsInPlace))
        .login(login -> login.withNeverBanned(neverBanned()))
        .hostKeys(new HostKeyDirectory(hostKeys.directory(), hostKeys.strictModes()));
  }

  private List<Network> neverBanned() {
    try {
      return neverBan.stream().map(Network::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new UsageError("--never-ban: " + e.getMessage());
    }
  }

  private Storage storage() {
    Path directory = root == null ? DEFAULT_ROOT : root;
    try {
      if (root == null) {
        Files.createDirectories(directory);
      }
      if (!Files.isDirectory(directory)) {
        throw new UsageError(directory + " is not a directory; name one with --root");
      }
      return LocalStorage.at(directory.toRealPath());
    } catch (IOException e) {
      throw new UsageError("cannot use " + directory + ": " + e.getMessage());
    }
  }

  private StaticUsers users(@Nullable String generated) {
    StaticUsers all = anonymous ? StaticUsers.none().withGuests() : StaticUsers.none();
    for (String user : users) {
      int colon = user.indexOf(':');
      if (colon <= 0 || colon == user.length() - 1) {
        throw new UsageError("--user takes NAME:PASSWORD, and the password must not be empty");
      }
      all = all.with(identity(user.substring(0, colon)), user.substring(colon + 1));
    }
    if (generated != null) {
      all = all.with(identity(DEFAULT_USER), generated);
    }
    return all;
  }

  private Identity identity(String name) {
    Identity everything = Identity.of(name);
    return readOnly ? everything.withRights(Right.READ_ONLY) : everything;
  }

  /** Removes the files that a killed process has left, at once and every hour. */
  private void sweep(SessionLog log) {
    Path directory = root == null ? DEFAULT_ROOT : root;
    Flux.interval(Duration.ofSeconds(1), Duration.ofHours(1))
        .onBackpressureDrop()
        .concatMap(
            day ->
                LocalStorage.removeLeftovers(directory)
                    .filter(removed -> removed > 0)
                    .doOnNext(
                        removed -> log.note("removed " + removed + " files of uploads cut short"))
                    .onErrorComplete())
        .subscribe();
  }

  /** Ends with status 0: a server that stops on request has not failed. */
  private static void drain(List<BoundServer> servers) {
    Flux.fromIterable(servers)
        .flatMap(server -> server.drain(GRACE))
        .then(Mono.<Void>empty())
        .onErrorComplete()
        .block();
    Runtime.getRuntime().halt(ExitStatus.DONE);
  }

  private PrintWriter out() {
    return spec().commandLine().getOut();
  }

  private PrintWriter err() {
    return spec().commandLine().getErr();
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the spec");
    }
    return spec;
  }
}
