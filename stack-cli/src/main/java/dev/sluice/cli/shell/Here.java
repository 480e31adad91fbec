package dev.sluice.cli.shell;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileSession;
import dev.sluice.api.Glob;
import dev.sluice.api.RemotePath;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.connect.Surroundings;
import dev.sluice.cli.place.RemoteUrl;
import dev.sluice.cli.place.Word;
import dev.sluice.cli.status.UsageError;
import dev.sluice.client.pool.RenewingSession;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/**
 * Where a shell is: a directory on its server and one on this machine. Plain names are seen from
 * the first, after {@code file:} from the second.
 */
final class Here implements Surroundings {
  private static final String LOCAL = "file:";

  private final RemoteUrl server;
  private final Mono<FileSession> login;
  private final Mono<FileSession> session;
  private final Path start = Path.of("").toAbsolutePath();
  private volatile RemotePath directory = RemotePath.root();
  private volatile Path local = start;
  private volatile Set<String> literal = Set.of();

  /**
   * @param url where it begins
   * @param options with which it logs in, again after the session has ended
   */
  Here(RemoteUrl url, RemoteOptions options) {
    server = url.withPrefix("");
    options.serves(url.scheme());
    AtomicBoolean before = new AtomicBoolean();
    login = options.connect(url).map(made -> made);
    session =
        RenewingSession.of(
                login.doOnNext(
                    made -> {
                      if (before.getAndSet(true)) {
                        options.err().println("sluice: the connection was lost; logged in again");
                      }
                    }))
            .cache();
  }

  /** Logs in and goes to the directory of the URL. */
  Mono<Void> open() {
    return session.flatMap(made -> server.on(made)).flatMap(this::enter);
  }

  /** Goes to a directory, if it is one. */
  Mono<Void> enter(RemotePath target) {
    return session
        .flatMap(made -> made.stat(target))
        .filter(entry -> entry.attributes().isDirectory())
        .switchIfEmpty(
            Mono.error(() -> new FileFailure(FileError.NOT_A_DIRECTORY, target, "is no directory")))
        .doOnNext(found -> directory = target)
        .then();
  }

  Mono<FileSession> session() {
    return session;
  }

  RemotePath directory() {
    return directory;
  }

  /** For the prompt. */
  String name() {
    String user = server.user();
    return (user == null ? "" : user + "@") + server.host();
  }

  Path localDirectory() {
    return local;
  }

  void enterLocal(String text) {
    Path target = local.resolve(text).normalize();
    if (!Files.isDirectory(target)) {
      throw new UsageError(text + " is no directory on this machine");
    }
    local = target;
  }

  /** Words of the next command that are no patterns, whatever they hold. */
  void literal(Set<String> words) {
    literal = words;
  }

  /** The directory of the URL that the shell was started with. */
  Mono<RemotePath> first() {
    return session.flatMap(made -> server.on(made));
  }

  /** The path on the server that a plain name means. */
  Mono<RemotePath> path(String text) {
    return text.equals("~") || text.startsWith("~/") || text.equals("/~") || text.startsWith("/~/")
        ? session.flatMap(FileSession::home).map(home -> home.resolve(below(text)))
        : Mono.just(directory.resolve(text));
  }

  private static String below(String text) {
    String rest = text.substring(text.indexOf('~') + 1);
    return rest.isEmpty() ? "." : rest.substring(1);
  }

  @Override
  public Word word(String text) {
    if (text.startsWith(LOCAL)) {
      return only(text.substring(LOCAL.length()));
    }
    if (Word.isElsewhere(text)) {
      return mine(Word.parse(text));
    }
    boolean pattern = Glob.isPattern(text) && !literal.contains(text);
    boolean ends = text.isEmpty() || text.endsWith("/") || text.matches("(.*/)?\\.\\.?");
    boolean home = text.matches("/?~(/.*)?");
    RemotePath path = home ? RemotePath.of(below(text)) : directory.resolve(text);
    return new Word.Remote(server.at(path, home, ends), pattern);
  }

  /** What commands print leads here, without a password. */
  private Word mine(Word word) {
    return word instanceof Word.Remote remote && remote.url().sameAccount(server)
        ? new Word.Remote(
            server.at(remote.url().path(), remote.url().home(), remote.directory()),
            remote.pattern())
        : word;
  }

  @Override
  public List<Word> local(String text) {
    String plain = text.startsWith(LOCAL) ? text.substring(LOCAL.length()) : text;
    return Glob.isPattern(plain) && !literal.contains(text)
        ? expanded(plain)
        : List.of(only(plain));
  }

  private Word only(String text) {
    if (text.equals("-") || local.equals(start)) {
      return new Word.Local(text, Path.of(text));
    }
    boolean ends = text.endsWith("/") || text.matches("(.*/)?\\.\\.?");
    Path file = local.resolve(text).normalize();
    return new Word.Local(ends ? file + "/" : file.toString(), file);
  }

  /** No shell of this machine has expanded it. */
  private List<Word> expanded(String pattern) {
    int slash = pattern.lastIndexOf('/') + 1;
    Glob glob = new Glob(pattern.substring(slash));
    List<Word> found = new ArrayList<>();
    Path directory = local.resolve(pattern.substring(0, slash));
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (glob.matches(name) && (!name.startsWith(".") || pattern.startsWith(".", slash))) {
          found.add(only(pattern.substring(0, slash) + name));
        }
      }
    } catch (IOException e) {
      throw new UsageError("cannot list " + directory + ": " + e.getMessage());
    }
    if (found.isEmpty()) {
      throw new UsageError(pattern + " matches nothing on this machine");
    }
    found.sort((one, two) -> one.name().compareTo(two.name()));
    return found;
  }

  @Override
  public Word here() {
    return new Word.Remote(server.at(directory, false, true), false);
  }

  @Override
  public Optional<Mono<FileSession>> session(RemoteUrl url) {
    return url.sameServer(server) ? Optional.of(session) : Optional.empty();
  }

  @Override
  public Optional<Mono<FileSession>> login(RemoteUrl url) {
    return url.sameServer(server) ? Optional.of(login) : Optional.empty();
  }
}
