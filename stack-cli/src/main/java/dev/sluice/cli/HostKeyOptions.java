package dev.sluice.cli;

import dev.sluice.api.BoundServer;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.local.IoScheduler;
import dev.sluice.ssh.AuthorizedUsers;
import dev.sluice.ssh.key.trust.AuthorizedKeys;
import dev.sluice.ssh.server.RunningServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;

/** The options of a server of SSH: what it proves itself with, and whose keys it takes. */
final class HostKeyOptions {
  @Option(
      names = "--host-keys",
      paramLabel = "DIR",
      description =
          "Directory of the host keys of sftp://; one is made where there is none."
              + " ~/.sluice/host-keys when left out.")
  private @Nullable Path directory;

  @Option(
      names = "--authorized-keys",
      paramLabel = "NAME=FILE",
      description =
          "Keys that let a user in over sftp:// (authorized_keys), read at each login; may be given"
              + " several times.")
  private Map<String, Path> authorized = new LinkedHashMap<>();

  Path directory() {
    return directory == null
        ? Path.of(System.getProperty("user.home"), ".sluice", "host-keys")
        : directory;
  }

  /** Whether anybody may log in with a key. */
  boolean hasUsers() {
    return !authorized.isEmpty();
  }

  /**
   * Lets users in with their keys too.
   *
   * @param identities who a user is that logs in with a key
   */
  Authenticator withKeys(Authenticator passwords, Function<String, Identity> identities) {
    if (authorized.isEmpty()) {
      return passwords;
    }
    authorized.forEach(HostKeyOptions::requireReadable);
    Authenticator keys = AuthorizedUsers.by(this::keysOf, passwords);
    return attempt ->
        keys.authenticate(attempt)
            .map(
                user -> authorized.containsKey(user.name()) ? identities.apply(user.name()) : user);
  }

  /** Says what a client may pin, of a server of SSH. */
  static void tell(BoundServer server, PrintWriter err) {
    if (server instanceof RunningServer ssh) {
      ssh.hostKeys()
          .forEach(key -> err.println("sluice: host key " + key.type() + " " + key.fingerprint()));
      err.flush();
    }
  }

  private static void requireReadable(String user, Path file) {
    if (!Files.isReadable(file)) {
      throw new UsageError("cannot read " + file + ", the keys of " + user);
    }
  }

  private Mono<AuthorizedKeys> keysOf(String user) {
    return Mono.justOrEmpty(authorized.get(user))
        .publishOn(IoScheduler.shared())
        .map(
            file -> {
              try {
                return AuthorizedKeys.parse(Files.readString(file));
              } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
              }
            });
  }
}
