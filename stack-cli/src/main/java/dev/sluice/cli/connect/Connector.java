package dev.sluice.cli.connect;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.FileSession;
import dev.sluice.cli.config.HostSettings;
import dev.sluice.cli.place.RemoteUrl;
import dev.sluice.cli.status.UsageError;
import dev.sluice.ftp.DataMode;
import dev.sluice.ftp.FtpClientSettings;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpTimeouts;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.transport.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Makes sessions from URLs: one line in a table for each scheme. */
final class Connector {
  private static final Map<String, Scheme> SCHEMES =
      Map.of(
          "ftp", ftp(FtpClientSettings.DEFAULT_PORT, Connector::clear),
          "ftpes",
              ftp(
                  FtpClientSettings.DEFAULT_PORT,
                  (options, url) -> FtpSecurity.explicit(options.tls(url.settings()))),
          "ftps",
              ftp(
                  FtpClientSettings.DEFAULT_IMPLICIT_PORT,
                  (options, url) -> FtpSecurity.implicit(options.tls(url.settings()))),
          "sftp", Connector::sftp);

  /** Names that servers take for a guest, whatever the password. */
  private static final Set<String> GUESTS = Set.of("anonymous", "ftp");

  private final PasswordSource passwords;
  private final RemoteOptions options;

  Connector(PasswordSource passwords, RemoteOptions options) {
    this.passwords = passwords;
    this.options = options;
  }

  /** Logs in where {@code url} says; asks for a password before it returns, if it must. */
  Mono<FileSession> connect(RemoteUrl url) {
    Scheme scheme = SCHEMES.get(url.scheme());
    if (scheme == null) {
      throw new UsageError(
          url.scheme()
              + ":// is not known; this version knows "
              + String.join(", ", new TreeSet<>(SCHEMES.keySet())));
    }
    return scheme.connect(this, url);
  }

  private @Nullable Login login(RemoteUrl url) {
    String user = url.user();
    if (user == null || (url.password() == null && GUESTS.contains(user))) {
      return null;
    }
    return new Login(user, passwords.passwordFor(url));
  }

  /** A user who names an authority wants protection. */
  private static FtpSecurity clear(RemoteOptions options, RemoteUrl url) {
    if (options.hasStrayTls()) {
      throw new UsageError("ftp:// is in clear; with options of TLS write ftpes:// or ftps://");
    }
    return FtpSecurity.NONE;
  }

  private static Scheme ftp(int port, BiFunction<RemoteOptions, RemoteUrl, FtpSecurity> security) {
    return (connector, url) -> {
      RemoteOptions options = connector.options;
      if (options.hasStraySsh()) {
        throw new UsageError("options of SSH are for sftp://");
      }
      Duration wait = options.timeout(url.settings());
      FtpClient client =
          FtpClient.create(url.host())
              .port(url.port() == 0 ? port : url.port())
              .transport(transport -> through(url.settings(), transport))
              .trace(options.trace())
              .security(options.way().security(security.apply(options, url)))
              .uploads(uploads -> uploads.withTemporaryName(options.temporaryName()))
              .timeouts(usual -> wait == null ? usual : FtpTimeouts.all(wait))
              .dialogue(options.way()::dialogue)
              .data(
                  data ->
                      data.withTruncationTolerated(options.truncationTolerated())
                          .withMode(
                              options
                                  .way()
                                  .mode(options.active() ? DataMode.active() : data.mode())));
      Login login = connector.login(url);
      return (login == null ? client : client.credentials(login.user(), login.password()))
          .connect();
    };
  }

  /** Keys first; a person is asked for a password only where they were not enough. */
  private static Mono<FileSession> sftp(Connector connector, RemoteUrl url) {
    RemoteOptions options = connector.options;
    if (options.hasStrayFtp()) {
      throw new UsageError("--active and options of TLS are for ftp://, ftpes:// and ftps://");
    }
    String given = connector.passwords.given(url);
    Mono<FileSession> first = sftp(options, url, given);
    return given != null
        ? first
        : first.onErrorResume(
            AuthenticationFailed.class,
            refused ->
                Mono.fromCallable(() -> connector.passwords.asked(url))
                    .subscribeOn(Schedulers.boundedElastic())
                    .flatMap(typed -> sftp(options, url, typed))
                    .switchIfEmpty(Mono.error(refused)));
  }

  private static Mono<FileSession> sftp(
      RemoteOptions options, RemoteUrl url, @Nullable String password) {
    Duration wait = options.timeout(url.settings());
    SshClient ssh =
        options
            .ssh()
            .client(url, password, options.err())
            .transport(transport -> through(url.settings(), transport));
    SftpClient client =
        SftpClient.over(ssh).uploads(uploads -> uploads.withTemporaryName(options.temporaryName()));
    return (wait == null
            ? client
            : client
                .requestTime(wait)
                .ssh(way -> way.timeouts(usual -> usual.withConnect(wait).withRequest(wait))))
        .connect();
  }

  private static Transport through(HostSettings settings, Transport transport) {
    return settings.proxy() == null ? transport : transport.proxy(settings.proxy());
  }

  private interface Scheme {
    Mono<FileSession> connect(Connector connector, RemoteUrl url);
  }

  private record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }
}
