package dev.sluice.sftp.client;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.FileClient;
import dev.sluice.api.FileSession;
import dev.sluice.ssh.ConfiguredTrust;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.HostRecords;
import dev.sluice.ssh.SshConfigFile;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.ssh.config.SshConfig;
import dev.sluice.transport.connect.ClientProvider;
import dev.sluice.transport.connect.ClientRequest;
import dev.sluice.transport.connect.ClientSettings;
import dev.sluice.transport.connect.ClientTimeouts;
import dev.sluice.transport.connect.HostTrust;
import dev.sluice.transport.connect.Login;
import dev.sluice.transport.connect.RemotePlace;
import dev.sluice.transport.connect.Setting;
import dev.sluice.transport.connect.SshSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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
    Tuned tuned = new Tuned(place, config(settings.ssh().config()), settings);
    tuned.client("", List.of(), List.of()); // a setting that makes no sense is reported now
    return () -> request.login().flatMap(tuned::connect);
  }

  private static @Nullable SshConfig config(@Nullable Path file) {
    if (file == null) {
      return null;
    }
    try {
      return Files.exists(file) ? SshConfigFile.read(file) : SshConfig.parse("");
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ", " + e.getMessage(), e);
    }
  }

  /**
   * A client whose credentials are known at each login only.
   *
   * @param config what is known of hosts; null = nothing
   */
  private record Tuned(RemotePlace place, @Nullable SshConfig config, ClientSettings settings) {

    /** Jump hosts see the keys, and not the password. */
    SftpClient client(String user, List<Credential> keys, List<Credential> password) {
      SshClient ssh = and(host(keys), password);
      SftpClient base =
          timed(SftpClient.over(user.isEmpty() ? ssh : ssh.user(user)), settings.timeouts())
              .observer(settings.observer());
      SftpClient named = base.ssh(way -> settings.tuned(SshClient.class, way));
      return settings.tuned(SftpClient.class, named);
    }

    private SshClient host(List<Credential> keys) {
      SshConfig known = config;
      if (known == null) {
        return and(reached(SshClient.create(place.host())), keys)
            .port(place.portOr(SshClient.DEFAULT_PORT))
            .hostKeys(policy(settings.hosts()));
      }
      HostTrust trust = settings.hosts();
      SshClient host =
          SshClient.configured(
              known,
              place.host(),
              each ->
                  trust == null
                      ? ConfiguredTrust.policy(
                          each, ConfiguredTrust.records(each), Optional.empty())
                      : policy(trust),
              each -> and(reached(each), keys));
      return place.port() == 0 ? host : host.port(place.port());
    }

    private SshClient reached(SshClient client) {
      return client.transport(usual -> settings.transport());
    }

    Mono<FileSession> connect(Login login) {
      if (login.user().isEmpty() && config == null) {
        return Mono.error(
            new AuthenticationFailed(
                place + " names no user; write sftp://user@host or call user(...)"));
      }
      return keys(settings.ssh()).flatMap(keys -> connect(login, keys));
    }

    private Mono<FileSession> connect(Login login, List<Credential> keys) {
      Mono<FileSession> withPassword =
          login.password().flatMap(word -> client(login.user(), keys, password(word)).connect());
      Mono<FileSession> withKeys =
          Mono.defer(() -> client(login.user(), keys, List.of()).connect());
      if (keys.isEmpty() && config == null || login.atHand()) {
        return withPassword.switchIfEmpty(withKeys);
      }
      return withKeys.onErrorResume(
          AuthenticationFailed.class, refused -> withPassword.switchIfEmpty(Mono.error(refused)));
    }

    private static SshClient and(SshClient client, List<Credential> more) {
      SshClient all = client;
      for (Credential each : more) {
        all = all.credential(each);
      }
      return all;
    }
  }

  private static Mono<List<Credential>> keys(SshSettings settings) {
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

  private static List<Credential> password(String word) {
    return List.of(Credential.password(word), Credential.answer(word));
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
