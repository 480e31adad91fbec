package dev.sluice.cli;

import dev.sluice.api.FileSession;
import dev.sluice.ftp.DataMode;
import dev.sluice.ftp.FtpClient;
import dev.sluice.ftp.FtpOptions;
import dev.sluice.ftp.FtpSecurity;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes sessions from URLs: one line in a table for each scheme. */
final class Connector {
  private static final Map<String, Scheme> SCHEMES =
      Map.of(
          "ftp", new Scheme(FtpClient.DEFAULT_PORT, ftp(Connector::clear)),
          "ftpes",
              new Scheme(
                  FtpClient.DEFAULT_PORT, ftp(options -> FtpSecurity.explicit(options.tls()))),
          "ftps",
              new Scheme(
                  FtpClient.DEFAULT_IMPLICIT_PORT,
                  ftp(options -> FtpSecurity.implicit(options.tls()))));

  /** Schemes that a later version will know. */
  private static final Set<String> TO_COME = Set.of("sftp");

  /** Names that servers take for a guest, whatever the password. */
  private static final Set<String> GUESTS = Set.of("anonymous", "ftp");

  private final PasswordSource passwords;
  private final RemoteOptions options;

  Connector(PasswordSource passwords, RemoteOptions options) {
    this.passwords = passwords;
    this.options = options;
  }

  /** Logs in where {@code url} says; asks for a password before it returns, if it must. */
  Mono<? extends FileSession> connect(RemoteUrl url) {
    Scheme scheme = SCHEMES.get(url.scheme());
    if (scheme == null) {
      throw new UsageError(
          url.scheme()
              + ":// is "
              + (TO_COME.contains(url.scheme()) ? "not there yet" : "not known")
              + "; this version knows "
              + String.join(", ", new TreeSet<>(SCHEMES.keySet())));
    }
    int port = url.port() == 0 ? scheme.port() : url.port();
    return scheme.maker().connect(url.host(), port, login(url), options);
  }

  private @Nullable Login login(RemoteUrl url) {
    String user = url.user();
    if (user == null || (url.password() == null && GUESTS.contains(user))) {
      return null;
    }
    return new Login(user, passwords.passwordFor(url));
  }

  /** Whoever names an authority wants to be protected. */
  private static FtpSecurity clear(RemoteOptions options) {
    if (options.hasTls()) {
      throw new UsageError("ftp:// is in clear; with options of TLS write ftpes:// or ftps://");
    }
    return FtpSecurity.NONE;
  }

  private static Maker ftp(Function<RemoteOptions, FtpSecurity> security) {
    return (host, port, login, options) -> {
      FtpOptions ftp =
          FtpOptions.DEFAULT.withTrace(options.trace()).withSecurity(security.apply(options));
      FtpClient client =
          FtpClient.create(host)
              .port(port)
              .options(options.active() ? ftp.withDataMode(DataMode.active()) : ftp);
      return (login == null ? client : client.credentials(login.user(), login.password()))
          .connect();
    };
  }

  private interface Maker {
    Mono<? extends FileSession> connect(
        String host, int port, @Nullable Login login, RemoteOptions options);
  }

  private record Scheme(int port, Maker maker) {}

  private record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }
}
