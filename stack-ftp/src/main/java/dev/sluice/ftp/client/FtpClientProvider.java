package dev.sluice.ftp.client;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.FileClient;
import dev.sluice.api.FileSession;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpTimeouts;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.PemFiles;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.transport.connect.ClientProvider;
import dev.sluice.transport.connect.ClientRequest;
import dev.sluice.transport.connect.ClientSettings;
import dev.sluice.transport.connect.ClientTimeouts;
import dev.sluice.transport.connect.Login;
import dev.sluice.transport.connect.RemotePlace;
import dev.sluice.transport.connect.Setting;
import dev.sluice.transport.connect.TlsSettings;
import dev.sluice.transport.connect.TlsTrust;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Makes clients for {@code ftp:} (in clear), {@code ftpes:} (AUTH TLS, RFC 4217) and {@code ftps:}
 * (TLS from the first octet).
 */
public final class FtpClientProvider implements ClientProvider {
  /** Called by {@link java.util.ServiceLoader}. */
  public FtpClientProvider() {}

  private static final Map<String, Function<TlsClientOptions, FtpSecurity>> SCHEMES =
      Map.of(
          "ftp", tls -> FtpSecurity.NONE,
          "ftpes", FtpSecurity::explicit,
          "ftps", FtpSecurity::implicit);

  /** Names that servers take for a guest, whatever the password. */
  private static final Set<String> GUESTS = Set.of("anonymous", "ftp");

  private static final Set<Setting> SSH_ONLY =
      EnumSet.of(Setting.KEY_FILE, Setting.AGENT, Setting.HOST_KEYS);
  private static final Set<Setting> TLS_ONLY = EnumSet.of(Setting.TRUST, Setting.CERTIFICATE);

  @Override
  public Set<String> schemes() {
    return SCHEMES.keySet();
  }

  @Override
  public Set<Setting> settings(String scheme) {
    Set<Setting> all = EnumSet.complementOf(EnumSet.copyOf(SSH_ONLY));
    if (scheme.equals("ftp")) {
      all.removeAll(TLS_ONLY);
    }
    return all;
  }

  @Override
  public Set<Class<?>> tunable(String scheme) {
    return Set.of(FtpClient.class);
  }

  @Override
  public FileClient client(ClientRequest request) {
    RemotePlace place = request.place().requireHost();
    ClientSettings settings = request.settings();
    FtpSecurity security =
        Objects.requireNonNull(SCHEMES.get(place.scheme()), place.scheme())
            .apply(tls(settings.tls()));
    FtpClient plain =
        FtpClient.create(place.host())
            .security(security)
            .transport(usual -> settings.transport())
            .timeouts(usual -> timeouts(usual, settings.timeouts()))
            .observer(settings.observer());
    FtpClient base = place.port() == 0 ? plain : plain.port(place.port());
    FtpClient guest = settings.tuned(FtpClient.class, base);
    return () -> request.login().flatMap(login -> connect(login, guest, base, request));
  }

  private static Mono<FileSession> connect(
      Login login, FtpClient guest, FtpClient base, ClientRequest request) {
    if (login.user().isEmpty()) {
      return guest.connect();
    }
    return login
        .password()
        .switchIfEmpty(
            Mono.defer(
                () ->
                    GUESTS.contains(login.user())
                        ? Mono.just("anonymous@example.org")
                        : Mono.error(
                            new AuthenticationFailed(
                                "there is no password for "
                                    + request.place()
                                    + ": call password(...) or netrc(...)"))))
        .flatMap(
            password ->
                request
                    .settings()
                    .tuned(FtpClient.class, base.credentials(login.user(), password))
                    .connect());
  }

  private static FtpTimeouts timeouts(FtpTimeouts usual, ClientTimeouts set) {
    Duration connect = set.connect();
    Duration reply = set.reply();
    FtpTimeouts all = usual;
    if (connect != null) {
      all = all.withConnect(connect).withDataConnect(connect);
    }
    return reply == null ? all : all.withGreeting(reply).withReply(reply);
  }

  private static TlsClientOptions tls(TlsSettings settings) {
    TlsClientOptions all = TlsClientOptions.DEFAULT;
    TlsTrust trust = settings.trust();
    if (trust != null) {
      all = all.withVerification(verification(trust));
    }
    TlsSettings.Certificate shown = settings.certificate();
    return shown == null
        ? all
        : all.withIdentity(PemFiles.keyMaterial(shown.chain(), shown.key(), shown.password()));
  }

  private static PeerVerification verification(TlsTrust trust) {
    if (trust instanceof TlsTrust.Authorities authorities) {
      return PeerVerification.authorities(PemFiles.certificates(authorities.file()));
    }
    if (trust instanceof TlsTrust.Pinned pinned) {
      return PeerVerification.pinned(pinned.pins().toArray(String[]::new));
    }
    if (trust instanceof TlsTrust.Decided decided) {
      return PeerVerification.by(decided.manager());
    }
    return trust instanceof TlsTrust.DangerouslyTrustAnyone
        ? PeerVerification.dangerouslyTrustAnyone()
        : PeerVerification.system();
  }
}
