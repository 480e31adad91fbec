package dev.sluice.cli.connect;

import dev.sluice.api.FileSession;
import dev.sluice.api.RawName;
import dev.sluice.api.TemporaryName;
import dev.sluice.cli.config.HostSettings;
import dev.sluice.cli.output.Board;
import dev.sluice.cli.output.Display;
import dev.sluice.cli.output.Paint;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.output.Terminal;
import dev.sluice.cli.place.RemoteUrl;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.status.PlainWords;
import dev.sluice.cli.status.UsageError;
import dev.sluice.tls.TlsClientOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Mono;

/** The options of every command that talks to a server. */
public final class RemoteOptions {
  @Option(
      names = "--active",
      description =
          "Lets the server open the data connections (PORT, EPRT); the default is passive.")
  private boolean active;

  @Option(
      names = {"-v", "--verbose"},
      description =
          "Shows the dialogue on the control connection, without secrets, how it is protected, and"
              + " why each file is copied.")
  private boolean verbose;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Longest wait for a connection, a reply, and data; each has its own default.")
  private @Nullable Integer timeout;

  @Option(
      names = "--tls-tolerate-truncation",
      description =
          "Accepts a download over ftpes:// or ftps:// as complete even if the server ends it"
              + " without close_notify and has not announced its length.")
  private boolean truncationTolerated;

  @Option(
      names = "--temp-name",
      paramLabel = "PATTERN",
      description =
          "Name of an upload until it is complete, such as .{name}.tmp or tmp/{name}.{random}"
              + " (default: {name}.{random}.part).")
  private @Nullable String temporaryName;

  @Mixin private LookOptions look = new LookOptions();

  @Mixin private TrustOptions trust = new TrustOptions();

  @Mixin private SshLoginOptions ssh = new SshLoginOptions();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  private final Set<String> schemes = new HashSet<>();

  private Watch watch = new Watch(DataWay.USUAL, line -> {});
  private Surroundings around = Surroundings.NONE;

  /** Makes data connections in this way from now on, and hears the dialogue. */
  public void use(DataWay only, Consumer<String> trace) {
    watch = new Watch(only, trace);
  }

  DataWay way() {
    return watch.way();
  }

  /** The command runs there. */
  public void within(Surroundings shell) {
    around = shell;
  }

  public Surroundings around() {
    return around;
  }

  /** The place that a word of the command names. */
  public Word word(String text) {
    return around.word(text);
  }

  /** Takes note of a scheme among the words: options of the other protocols may be for it. */
  public void serves(String scheme) {
    schemes.add(scheme);
  }

  boolean active() {
    return active;
  }

  /** Whether options of SSH were given, and no word that they could be for. */
  boolean hasStraySsh() {
    return ssh.any() && !schemes.contains("sftp");
  }

  /** Whether options of TLS were given, and no word that they could be for. */
  boolean hasStrayTls() {
    return trust.any() && !schemes.contains("ftps") && !schemes.contains("ftpes");
  }

  /** As {@link #hasStrayTls}, also with the option for data connections. */
  boolean hasStrayFtp() {
    return hasStrayTls() || active && schemes.stream().noneMatch(each -> each.startsWith("ftp"));
  }

  /** What protects a connection; the configuration counts where no option says whom to trust. */
  TlsClientOptions tls(HostSettings configured) {
    return trust.tls(configured.trust(), err());
  }

  SshLoginOptions ssh() {
    return ssh;
  }

  /** The longest wait for one step, {@code configured} without the option; null = the defaults. */
  public @Nullable Duration timeout(HostSettings configured) {
    if (timeout == null) {
      return configured.timeout();
    }
    if (timeout < 1) {
      throw new UsageError("--timeout takes seconds, 1 at least");
    }
    return Duration.ofSeconds(timeout);
  }

  boolean truncationTolerated() {
    return truncationTolerated;
  }

  public TemporaryName temporaryName() {
    String pattern = temporaryName;
    return pattern == null
        ? TemporaryName.DEFAULT
        : UsageError.unless(() -> new TemporaryName(pattern));
  }

  /** Logs in where {@code url} says. */
  public Mono<? extends FileSession> connect(RemoteUrl url) {
    Optional<Mono<FileSession>> known = around.login(url);
    if (known.isPresent()) {
      return known.get();
    }
    return new Connector(PasswordSource.ofProcess(), this)
        .connect(url)
        .doOnNext(session -> trace().accept("security: " + session.info().security()));
  }

  /** Hears what goes over the wire. */
  Consumer<String> trace() {
    PrintWriter err = err();
    Consumer<String> heard = watch.listener();
    return verbose
        ? heard.andThen(line -> err.println(RawName.escape(PlainWords.of(line))))
        : heard;
  }

  public boolean verbose() {
    return verbose;
  }

  /** Whether somebody wants to know why each file is copied. */
  public boolean explained() {
    return verbose || look.json();
  }

  /** Takes a line for each file, for those who want to see more. */
  public Consumer<String> lines() {
    PrintWriter err = err();
    return verbose ? line -> err.println("sluice: " + line) : line -> {};
  }

  /**
   * Works, and shows on a terminal how far transfers are. What is printed meanwhile, also by others
   * with these options, goes above that.
   *
   * @param quiet whether nothing is shown
   * @param work adds what happens to the board
   */
  public void showing(boolean quiet, Consumer<Board> work) {
    Board board = new Board(System::nanoTime);
    CommandLine line = spec().commandLine();
    PrintWriter out = line.getOut();
    PrintWriter err = line.getErr();
    if (quiet || !Terminal.isDrawable()) {
      work.accept(board);
      return;
    }
    try (Display display = Display.start(board, err)) {
      line.setErr(display.above(err));
      if (Terminal.isTerminal(Terminal.OUTPUT)) {
        line.setOut(display.above(out));
      }
      work.accept(board);
    } finally {
      line.setErr(err);
      line.setOut(out);
    }
  }

  /** What goes to standard output. */
  public Report report() {
    return new Report(out(), look.json());
  }

  /** The colours of standard output. */
  public Paint paint() {
    return look.paint();
  }

  public PrintWriter out() {
    return spec().commandLine().getOut();
  }

  public PrintWriter err() {
    return spec().commandLine().getErr();
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the spec");
    }
    return spec;
  }

  /** How data connections are made, and who hears of it. */
  private record Watch(DataWay way, Consumer<String> listener) {}
}
