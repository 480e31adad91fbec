package dev.sluice.ssh.client;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.Keepalive;
import dev.sluice.ssh.config.HostConfig;
import dev.sluice.ssh.config.JumpHost;
import dev.sluice.ssh.config.SshConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Makes clients for hosts, and for the jump hosts on the way, as a configuration describes them.
 */
record ConfiguredHosts(
    SshConfig config, Function<HostConfig, HostKeyPolicy> trust, UnaryOperator<SshClient> each) {
  private static final int MOST_JUMPS = 16;
  private static final List<String> DEFAULT_KEYS =
      List.of("~/.ssh/id_ed25519", "~/.ssh/id_ecdsa", "~/.ssh/id_rsa");

  SshClient client(String host) {
    return withJumps(host, 0);
  }

  /** The first jump host may have jump hosts of its own, the others are reached from there. */
  private SshClient withJumps(String host, int jumpsBefore) {
    HostConfig settings = config.forHost(host);
    SshClient client = direct(settings);
    List<JumpHost> jumps = settings.jumps();
    if (jumps.isEmpty() || jumps.get(jumps.size() - 1).host().equals(host)) {
      return client; // a pattern that is for all hosts is for its own jump host too
    }
    if (jumpsBefore + jumps.size() > MOST_JUMPS) {
      throw new IllegalArgumentException("ProxyJump: more than " + MOST_JUMPS + " to " + host);
    }
    SshClient way = null;
    for (JumpHost jump : jumps) {
      SshClient next =
          way == null
              ? withJumps(jump.host(), jumpsBefore + jumps.size())
              : direct(config.forHost(jump.host())).through(way);
      way = named(next, jump);
    }
    return way == null ? client : client.through(way);
  }

  private SshClient direct(HostConfig settings) {
    settings.requireSupported();
    List<String> names = new ArrayList<>();
    SshClient client =
        over(
            settings,
            SshClient.create(settings.hostName())
                .port(settings.port())
                .user(settings.user().orElse(System.getProperty("user.name")))
                .hostKeys(trust.apply(settings)),
            names);
    List<String> named = settings.identityFiles();
    for (String file : named.isEmpty() ? DEFAULT_KEYS : named) {
      client =
          client.credential(
              new Credential.KeyFile(Path.of(settings.path(file)), new char[0], true, true));
    }
    SshClient made =
        each.apply(client)
            .credentials(credentials -> new ConfiguredCredentials(settings).allowed(credentials));
    Stream.concat(settings.warnings().stream(), names.stream())
        .distinct()
        .forEach(text -> made.settings().warnings().accept("ssh_config, " + text));
    return made;
  }

  private static SshClient over(HostConfig settings, SshClient before, List<String> warnings) {
    ConfiguredAlgorithms algorithms = new ConfiguredAlgorithms(settings, warnings::add);
    int seconds = settings.number("serveraliveinterval").orElse(0);
    int questions = Math.max(1, settings.number("serveralivecountmax").orElse(3));
    return before
        .security(
            usual ->
                usual
                    .withAlgorithms(algorithms.over(usual.algorithms()))
                    .withMinRsaBits(settings.number("requiredrsasize").orElse(usual.minRsaBits())))
        .timeouts(
            usual ->
                usual.withConnect(
                    settings
                        .number("connecttimeout")
                        .filter(time -> time > 0)
                        .map(Duration::ofSeconds)
                        .orElse(usual.connect())))
        .keepalive(
            usual -> seconds == 0 ? usual : new Keepalive(Duration.ofSeconds(seconds), questions));
  }

  private static SshClient named(SshClient client, JumpHost jump) {
    SshClient withUser = jump.user().map(client::user).orElse(client);
    return jump.port().map(withUser::port).orElse(withUser);
  }
}
