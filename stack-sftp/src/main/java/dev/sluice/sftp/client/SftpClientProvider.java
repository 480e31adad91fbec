package dev.sluice.sftp.client;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.FileClient;
import dev.sluice.api.FileSession;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.HostRecords;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.transport.connect.ClientProvider;
import dev.sluice.transport.connect.ClientRequest;
import dev.sluice.transport.connect.ClientSettings;
import dev.sluice.transport.connect.ClientTimeouts;
import dev.sluice.transport.connect.HostTrust;
import dev.sluice.transport.connect.KeySettings;
import dev.sluice.transport.connect.Login;
import dev.sluice.transport.connect.RemotePlace;
import dev.sluice.transport.connect.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes clients for {@code sftp:}. Keys are tried first; a password that somebody must be asked for
 * is asked for only if they were not enough, and then the client logs in a second time.
 */
public final class SftpClientProvider implements ClientProvider {
  /** Called by {@link java.util.ServiceLoader}. */
  public SftpClientProvider() {}

  private static final Set<Setting> TLS_ONLY = EnumSet.of(Setting.TRUST, Setting.CERTIFICATE);
  private static final Path USER_RECORDS =
      Path.of(System.getProperty("user.home"), ".ssh", "known_hosts");
  private static final Path GLOBAL_RECORDS = Path.of("/etc/ssh/ssh_known_hosts");

  @Override
  public Set<String> schemes() {
    return Set.of("sftp");
  }

  @Override
  public Set<Setting> settings(String scheme) {
    return EnumSet.complementOf(EnumSet.copyOf(TLS_ONLY));
  }

  @Override
  public Set<Class<?>> tunable(String scheme) {
    return Set.of(SftpClient.class, SshClient.class);
  }

  @Override
  public FileClient client(ClientRequest request) {
    RemotePlace place = request.place().requireHost();
    ClientSettings settings = request.settings();
    SshClient ssh =
        SshClient.create(place.host())
            .port(place.portOr(SshClient.DEFAULT_PORT))
            .hostKeys(policy(settings.hosts()))
            .transport(usual -> settings.transport());
    SftpClient base =
        timed(SftpClient.over(ssh), settings.timeouts()).observer(settings.observer());
    Tuned tuned = new Tuned(place, base, settings);
    tuned.client("", List.of()); // a change that makes no sense is reported now
    return () -> request.login().flatMap(tuned::connect);
  }

  /** A client whose credentials are known at each login only. */
  private record Tuned(RemotePlace place, SftpClient base, ClientSettings settings) {

    SftpClient client(String user, List<Credential> credentials) {
      SftpClient all = base.user(user);
      for (Credential each : credentials) {
        all = all.credential(each);
      }
      SftpClient named = all.ssh(ssh -> settings.tuned(SshClient.class, ssh));
      return settings.tuned(SftpClient.class, named);
    }

    Mono<FileSession> connect(Login login) {
      if (login.user().isEmpty()) {
        return Mono.error(
            new AuthenticationFailed(
                place + " names no user; write sftp://user@host or call user(...)"));
      }
      return keys(settings.keys()).flatMap(keys -> connect(login, keys));
    }

    private Mono<FileSession> connect(Login login, List<Credential> keys) {
      Mono<FileSession> withPassword =
          login.password().flatMap(word -> client(login.user(), and(keys, word)).connect());
      if (keys.isEmpty() || login.atHand()) {
        return withPassword.switchIfEmpty(Mono.defer(() -> client(login.user(), keys).connect()));
      }
      return client(login.user(), keys)
          .connect()
          .onErrorResume(
              AuthenticationFailed.class,
              refused -> withPassword.switchIfEmpty(Mono.error(refused)));
    }
  }

  private static Mono<List<Credential>> keys(KeySettings settings) {
    Path agent = settings.agent();
    return Flux.fromIterable(settings.files())
        .concatMap(
            key ->
                key.passphrase()
                    .defaultIfEmpty(new char[0])
                    .map(phrase -> Credential.keyFile(key.file(), phrase)))
        .concatWith(agent == null ? Mono.empty() : Mono.just(Credential.agent(agent)))
        .collectList();
  }

  private static List<Credential> and(List<Credential> keys, String password) {
    List<Credential> all = new ArrayList<>(keys);
    all.add(Credential.password(password));
    all.add(Credential.answer(password));
    return all;
  }

  private static SftpClient timed(SftpClient client, ClientTimeouts set) {
    Duration connect = set.connect();
    Duration reply = set.reply();
    SftpClient all = client;
    if (connect != null) {
      all = all.ssh(ssh -> ssh.timeouts(t -> t.withConnect(connect).withHandshake(connect)));
    }
    if (reply != null) {
      all = all.requestTime(reply).ssh(ssh -> ssh.timeouts(t -> t.withRequest(reply)));
    }
    return all;
  }

  private static HostKeyPolicy policy(@Nullable HostTrust trust) {
    if (trust == null) {
      return HostKeyPolicy.knownHosts(
          HostRecords.in(USER_RECORDS).withGlobal(List.of(GLOBAL_RECORDS)));
    }
    if (trust instanceof HostTrust.KnownHosts known) {
      Path[] files = known.files().toArray(Path[]::new);
      return known.added() ? HostKeyPolicy.trustOnFirstUse(files) : HostKeyPolicy.knownHosts(files);
    }
    if (trust instanceof HostTrust.Confirmed confirmed) {
      return HostKeyPolicy.confirmed(
          confirmed.file(),
          (host, port, key) -> confirmed.person().confirm(host, port, key.fingerprint()));
    }
    return trust instanceof HostTrust.Pinned pinned
        ? HostKeyPolicy.pinned(pinned.fingerprints().toArray(String[]::new))
        : HostKeyPolicy.dangerouslyTrustAnyone();
  }
}
