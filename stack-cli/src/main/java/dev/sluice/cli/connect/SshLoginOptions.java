package dev.sluice.cli.connect;

import dev.sluice.api.RawName;
import dev.sluice.cli.config.HostSettings;
import dev.sluice.cli.output.Terminal;
import dev.sluice.cli.place.RemoteUrl;
import dev.sluice.cli.status.UsageError;
import dev.sluice.ssh.ConfiguredTrust;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.HostRecords;
import dev.sluice.ssh.SshConfigFile;
import dev.sluice.ssh.SshSecurity;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.ssh.config.HostConfig;
import dev.sluice.ssh.config.SshConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of an SSH client: the hosts it trusts, and the credentials it logs in with. */
final class SshLoginOptions {
  private static final String AGENT = "SSH_AUTH_SOCK";
  private static final Path HOME = Path.of(System.getProperty("user.home"));
  private static final Path DIRECTORY = HOME.resolve(".ssh");

  @Option(
      names = {"-i", "--identity"},
      paramLabel = "FILE",
      description =
          "Private key to log in with; may be given several times. The default is the keys of"
              + " ~/.ssh/config, otherwise ~/.ssh/id_*, and those of the agent.")
  private List<Path> identities = new ArrayList<>();

  @Option(
      names = "--known-hosts",
      paramLabel = "FILE",
      description = "Known host keys (default: ~/.ssh/known_hosts).")
  private @Nullable Path knownHosts;

  @Option(
      names = "--host-key",
      paramLabel = "FINGERPRINT",
      description = "Trusts only the host with this key (SHA256:...); may be given several times.")
  private List<String> fingerprints = new ArrayList<>();

  @Option(
      names = "--accept-new-host-key",
      description = "Trusts an unknown host and records its key without asking.")
  private boolean acceptNew;

  @Option(
      names = "--insecure-host-key",
      description = "Trusts any host, even an attacker in between who reads everything.")
  private boolean insecure;

  @Option(
      names = "--ssh-config",
      paramLabel = "FILE",
      description = "Settings for hosts (default: ~/.ssh/config).")
  private @Nullable Path configuration;

  @Option(
      names = "--legacy",
      description =
          "Also offers algorithms that are known to be weak (SHA-1, CBC), for servers that support"
              + " nothing else.")
  private boolean legacy;

  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private boolean warned;

  /** Whether any of them was given. */
  boolean any() {
    return !identities.isEmpty()
        || knownHosts != null
        || !fingerprints.isEmpty()
        || acceptNew
        || insecure
        || legacy
        || configuration != null;
  }

  /**
   * A client for the host of {@code url}, and for jump hosts on the way as the configuration has
   * them.
   *
   * @param password null = keys must do
   */
  SshClient client(RemoteUrl url, @Nullable String password, PrintWriter err) {
    if (insecure && !warned) {
      warned = true;
      err.println("sluice: WARNING: --insecure-host-key trusts any host");
    }
    SshConfig config = config();
    Optional<String> named = Optional.ofNullable(url.user());
    HostConfig host = config.forHost(url.host(), named);
    HostSettings settings = url.settings();
    requireOneWay();
    List<Credential> credentials =
        credentials(host, settings.keyFile(), password, text -> warn(text, err));
    SshClient client =
        UsageError.unless(
            () ->
                SshClient.configured(
                    config,
                    url.host(),
                    each -> trust(each, settings.knownHosts()),
                    each ->
                        with(each, credentials)
                            .security(this::security)
                            .warnings(text -> warn(text, err))));
    SshClient withUser = named.map(client::user).orElse(client);
    return url.port() == 0 ? withUser : withUser.port(url.port());
  }

  private SshSecurity security(SshSecurity usual) {
    return legacy ? usual.withAlgorithms(usual.algorithms().withDangerouslyOldOnes()) : usual;
  }

  /** Each sentence once, however many sessions are opened. */
  private void warn(String text, PrintWriter err) {
    if (said.add(text)) {
      err.println("sluice: " + RawName.escape(text));
      err.flush();
    }
  }

  private static SshClient with(SshClient client, List<Credential> credentials) {
    SshClient all = client;
    for (Credential each : credentials) {
      all = all.credential(each);
    }
    return all;
  }

  private SshConfig config() {
    Path file = configuration == null ? DIRECTORY.resolve("config") : configuration;
    if (configuration == null && !Files.isReadable(file)) {
      return SshConfig.parse("");
    }
    try {
      return SshConfigFile.read(file);
    } catch (IllegalArgumentException e) {
      throw new UsageError(file + ", " + e.getMessage());
    } catch (IOException e) {
      throw new UsageError("cannot read " + file + ": " + e.getMessage());
    }
  }

  private void requireOneWay() {
    long ways = Stream.of(!fingerprints.isEmpty(), acceptNew, insecure).filter(w -> w).count();
    if (ways > 1) {
      throw new UsageError(
          "choose one of --host-key, --accept-new-host-key and --insecure-host-key");
    }
  }

  /** Options say more than the configuration, which decides where there are none. */
  private HostKeyPolicy trust(HostConfig host, @Nullable Path configured) {
    HostRecords usual = ConfiguredTrust.records(host);
    if (insecure) {
      return HostKeyPolicy.dangerouslyTrustAnyone().unlessRevoked(usual.revoked());
    }
    if (!fingerprints.isEmpty()) {
      return HostKeyPolicy.pinned(fingerprints.toArray(String[]::new))
          .unlessRevoked(usual.revoked());
    }
    Path file = knownHosts == null ? configured : knownHosts;
    HostRecords records = file == null ? usual : usual.withUser(List.of(file));
    if (acceptNew) {
      return ConfiguredTrust.aliased(host, HostKeyPolicy.trustOnFirstUse(records));
    }
    Optional<HostKeyPolicy.Confirmation> person =
        Terminal.isTerminal(Terminal.INPUT) ? Optional.of(HostKeyQuestion::ask) : Optional.empty();
    return ConfiguredTrust.policy(host, records, person);
  }

  /** Keys that the configuration names are the library's to read. */
  private List<Credential> credentials(
      HostConfig host,
      @Nullable Path configured,
      @Nullable String password,
      Consumer<String> warnings) {
    List<Credential> all = new ArrayList<>();
    List<Path> files =
        identities.isEmpty() && configured != null ? List.of(configured) : identities;
    files.forEach(file -> all.add(KeyFiles.named(file)));
    if (files.isEmpty()) {
      if (host.identityFiles().isEmpty()) {
        all.addAll(KeyFiles.usual(DIRECTORY, warnings));
      }
      String agent = System.getenv(AGENT);
      if (agent != null && !agent.isEmpty()) {
        all.add(Credential.agent(Path.of(agent)));
      }
    }
    if (password != null) {
      all.add(Credential.password(password));
      all.add(Credential.answer(password));
    }
    return all;
  }
}
