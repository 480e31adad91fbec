package dev.sluice.cli;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshClient;
import dev.sluice.ssh.config.HostConfig;
import dev.sluice.ssh.config.SshConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a client of SSH: which hosts it trusts, and what it proves itself with. */
final class SshLoginOptions {
  private static final String AGENT = "SSH_AUTH_SOCK";
  private static final Path HOME = Path.of(System.getProperty("user.home"));
  private static final Path DIRECTORY = HOME.resolve(".ssh");

  @Option(
      names = {"-i", "--identity"},
      paramLabel = "FILE",
      description =
          "Private key to log in with; may be given several times. Those of ~/.ssh/config, else"
              + " ~/.ssh/id_*, and the agent's when left out.")
  private List<Path> identities = new ArrayList<>();

  @Option(
      names = "--known-hosts",
      paramLabel = "FILE",
      description = "Host keys on record; ~/.ssh/known_hosts when left out.")
  private @Nullable Path knownHosts;

  @Option(
      names = "--host-key",
      paramLabel = "FINGERPRINT",
      description =
          "Trusts the host with this key and no other, as SHA256:...; may be given several times.")
  private List<String> fingerprints = new ArrayList<>();

  @Option(
      names = "--accept-new-host-key",
      description = "Trusts a host that is not on record, and puts it there, without asking.")
  private boolean acceptNew;

  @Option(
      names = "--insecure-host-key",
      description = "Trusts any host, also whoever sits in between and reads along.")
  private boolean insecure;

  @Option(
      names = "--ssh-config",
      paramLabel = "FILE",
      description = "Settings for hosts (ssh_config); ~/.ssh/config when left out.")
  private @Nullable Path configuration;

  private boolean warned;

  /** Whether any of them was given. */
  boolean any() {
    return !identities.isEmpty()
        || knownHosts != null
        || !fingerprints.isEmpty()
        || acceptNew
        || insecure
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
    HostConfig host = config.forHost(url.host());
    UnaryOperator<SshClient> trust = trust(host);
    List<Credential> credentials = credentials(host, password);
    SshClient client =
        UsageError.unless(
            () ->
                SshClient.configured(
                    config, url.host(), each -> with(trust.apply(each), credentials)));
    String user = url.user();
    SshClient named = user == null ? client : client.user(user);
    return url.port() == 0 ? named : named.port(url.port());
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
      String text = Files.readString(file);
      return UsageError.unless(() -> SshConfig.parse(text));
    } catch (IOException e) {
      throw new UsageError("cannot read " + file + ": " + e.getMessage());
    }
  }

  /** What the configuration says is left as it is where no option says more and nobody can ask. */
  private UnaryOperator<SshClient> trust(HostConfig host) {
    long ways = Stream.of(!fingerprints.isEmpty(), acceptNew, insecure).filter(w -> w).count();
    if (ways > 1) {
      throw new UsageError(
          "choose one of --host-key, --accept-new-host-key and --insecure-host-key");
    }
    if (insecure) {
      return client -> client.hostKeys(HostKeyPolicy.dangerouslyTrustAnyone());
    }
    if (!fingerprints.isEmpty()) {
      return client -> client.hostKeys(HostKeyPolicy.pinned(fingerprints.toArray(String[]::new)));
    }
    Path file = recordOf(host);
    if (acceptNew) {
      return client -> client.hostKeys(HostKeyPolicy.trustOnFirstUse(file));
    }
    if (Terminal.isTerminal(Terminal.INPUT)) {
      return client -> client.hostKeys(HostKeyPolicy.confirmed(file, HostKeyQuestion::ask));
    }
    return knownHosts == null
        ? client -> client
        : client -> client.hostKeys(HostKeyPolicy.knownHosts(file));
  }

  private Path recordOf(HostConfig host) {
    if (knownHosts != null) {
      return knownHosts;
    }
    List<String> named = host.knownHostsFiles();
    return named.isEmpty() ? DIRECTORY.resolve("known_hosts") : expanded(named.get(0));
  }

  /** Keys that the configuration names are the library's to read. */
  private List<Credential> credentials(HostConfig host, @Nullable String password) {
    List<Credential> all = new ArrayList<>();
    identities.forEach(file -> all.add(KeyFiles.named(file)));
    if (identities.isEmpty()) {
      if (host.identityFiles().isEmpty()) {
        all.addAll(KeyFiles.usual(DIRECTORY));
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

  private static Path expanded(String file) {
    return file.startsWith("~/") ? HOME.resolve(file.substring(2)) : Path.of(file);
  }
}
