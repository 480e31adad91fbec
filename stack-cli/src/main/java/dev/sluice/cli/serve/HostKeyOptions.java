package dev.sluice.cli.serve;

import dev.sluice.api.BoundServer;
import dev.sluice.api.IoScheduler;
import dev.sluice.api.RawName;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.LoginAttempt;
import dev.sluice.cli.status.UsageError;
import dev.sluice.ssh.AuthorizedUsers;
import dev.sluice.ssh.EditedFile;
import dev.sluice.ssh.StrictModes;
import dev.sluice.ssh.key.trust.AuthorizedKeys;
import dev.sluice.ssh.key.trust.UnreadableLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;

/** The options of an SSH server: its host keys, and the user keys that it accepts. */
public final class HostKeyOptions {
  @Option(
      names = "--host-keys",
      paramLabel = "DIR",
      description =
          "Directory of the host keys for sftp://; a missing key is generated (default:"
              + " ~/.sluice/host-keys).")
  private @Nullable Path directory;

  @Option(
      names = "--authorized-keys",
      paramLabel = "NAME=FILE",
      description =
          "Keys that a user may log in with over sftp:// (authorized_keys), read at each login; may"
              + " be given several times.")
  private Map<String, Path> authorized = new LinkedHashMap<>();

  @Option(
      names = "--trusted-user-ca-keys",
      paramLabel = "FILE",
      description =
          "Keys of authorities, one per line. The users of --user and --authorized-keys may log in"
              + " over sftp:// with certificates that name them and that these authorities signed.")
  private @Nullable Path authorities;

  @Option(
      names = "--revoked-keys",
      paramLabel = "FILE",
      description =
          "Keys and certificates that sftp:// refuses: a list made by ssh-keygen -k, or one key per"
              + " line; read at each login.")
  private @Nullable Path revoked;

  @Option(
      names = "--no-strict-modes",
      description =
          "Accepts host keys that other users can read, and authorized_keys files that other users"
              + " can change.")
  private boolean looseModes;

  /** What each file of keys was when it was read last, and why it was refused. */
  private final Map<Path, String> seen = new ConcurrentHashMap<>();

  private volatile Consumer<String> log = line -> {};

  /**
   * From here on {@code lines} hears of each file that has changed, and of each that is refused.
   */
  public void log(Consumer<String> lines) {
    log = lines;
  }

  public boolean strictModes() {
    return !looseModes;
  }

  public Path directory() {
    return directory == null
        ? Path.of(System.getProperty("user.home"), ".sluice", "host-keys")
        : directory;
  }

  /** Whether anybody may log in with a key. */
  public boolean hasUsers() {
    return !authorized.isEmpty();
  }

  /**
   * Lets users in with their keys too.
   *
   * @param names of the users that there are
   * @param identities who a user is that logs in with a key
   */
  public Authenticator withKeys(
      Authenticator passwords, Set<String> names, Function<String, Identity> identities) {
    if (authorized.isEmpty() && authorities == null) {
      return passwords;
    }
    authorized.forEach(this::requireReadable);
    AuthorizedUsers keys = AuthorizedUsers.by(user -> keysOf(user, names), passwords);
    if (authorities != null) {
      requireReadable("authorities", authorities);
      keys = keys.trustedUserCaKeys(authorities);
    }
    if (revoked != null) {
      requireReadable("nobody any more", revoked);
      keys = keys.revokedKeys(revoked);
    }
    AuthorizedUsers all = keys;
    return attempt ->
        all.authenticate(attempt)
            .map(
                user ->
                    attempt instanceof LoginAttempt.PublicKey
                        ? identities.apply(user.name())
                        : user);
  }

  /** Reports the lines that let nobody in since they are not understood. */
  public void report(PrintWriter err) {
    List<Path> files = new ArrayList<>(authorized.values());
    if (authorities != null) {
      files.add(authorities);
    }
    for (Path file : files) {
      for (UnreadableLine line : read(file).unreadable()) {
        err.println(
            "sluice: "
                + file
                + ", line "
                + line.number()
                + " is not understood and lets nobody in: "
                + RawName.escape(line.why()));
      }
    }
    err.flush();
  }

  /** Prints what a client may pin of an SSH server. */
  public static void tell(BoundServer server, PrintWriter err) {
    server.fingerprints().forEach(key -> err.println("sluice: host key " + key));
    err.flush();
  }

  private void requireReadable(String user, Path file) {
    if (!Files.isReadable(file)) {
      throw new UsageError("cannot read " + file + ", the keys of " + user);
    }
    try {
      if (!looseModes) {
        StrictModes.requireUnshared(file);
      }
    } catch (IOException e) {
      throw new UsageError(e.getMessage() + ", or serve with --no-strict-modes");
    }
  }

  /** A user without keys of their own may still have a certificate. */
  private Mono<AuthorizedKeys> keysOf(String user, Set<String> names) {
    Path file = authorized.get(user);
    if (file == null) {
      return authorities != null && names.contains(user)
          ? Mono.just(AuthorizedKeys.parse())
          : Mono.empty();
    }
    return Mono.fromSupplier(() -> read(file)).subscribeOn(IoScheduler.shared());
  }

  private AuthorizedKeys read(Path file) {
    try {
      if (!looseModes) {
        StrictModes.requireUnshared(file);
      }
      String text = EditedFile.text(file);
      AuthorizedKeys keys = AuthorizedKeys.parse(text);
      String before = seen.put(file, text);
      if (before != null && !before.equals(text)) {
        log.accept(
            "the keys in "
                + file
                + " were read again: "
                + keys.lines().size()
                + " let somebody in, "
                + keys.unreadable().size()
                + " lines are not understood");
      }
      return keys;
    } catch (IOException e) {
      String why = "is refused and lets nobody in: " + e.getMessage();
      if (!why.equals(seen.put(file, why))) {
        log.accept(file + " " + why);
      }
      throw new UncheckedIOException("cannot use " + e.getMessage(), e);
    }
  }
}
