package dev.sluice.ssh;

import dev.sluice.ssh.config.HostConfig;
import dev.sluice.ssh.config.JumpHost;
import dev.sluice.ssh.config.SshConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Makes clients as a configuration describes their hosts, and those of the jump hosts before. */
record ConfiguredHosts(SshConfig config, UnaryOperator<SshClient> each) {
  private static final int MOST_JUMPS = 16;
  private static final List<String> DEFAULT_KNOWN_HOSTS =
      List.of("~/.ssh/known_hosts", "~/.ssh/known_hosts2");

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
    return each.apply(
        SshClient.create(settings.hostName())
            .port(settings.port())
            .user(settings.user().orElse(System.getProperty("user.name")))
            .hostKeys(hostKeys(settings)));
  }

  private static SshClient named(SshClient client, JumpHost jump) {
    SshClient withUser = jump.user().map(client::user).orElse(client);
    return jump.port().map(withUser::port).orElse(withUser);
  }

  private static HostKeyPolicy hostKeys(HostConfig settings) {
    List<String> named = settings.knownHostsFiles();
    List<Path> files =
        (named.isEmpty() ? DEFAULT_KNOWN_HOSTS : named)
            .stream().map(ConfiguredHosts::expanded).toList();
    boolean learns =
        settings.value("stricthostkeychecking").filter("accept-new"::equals).isPresent();
    return learns
        ? HostKeyPolicy.trustOnFirstUse(files.get(0))
        : HostKeyPolicy.knownHosts(files.toArray(Path[]::new));
  }

  private static Path expanded(String file) {
    return file.startsWith("~/")
        ? Path.of(System.getProperty("user.home"), file.substring(2))
        : Path.of(file);
  }
}
