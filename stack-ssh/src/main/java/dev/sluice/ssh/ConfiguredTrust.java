package dev.sluice.ssh;

import dev.sluice.ssh.config.HostConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which host keys a configuration trusts. */
public final class ConfiguredTrust {
  private static final List<String> USER = List.of("~/.ssh/known_hosts", "~/.ssh/known_hosts2");
  private static final List<String> GLOBAL =
      List.of("/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2");

  private ConfiguredTrust() {}

  /**
   * {@code UserKnownHostsFile}, {@code GlobalKnownHostsFile}, {@code RevokedHostKeys} and {@code
   * HashKnownHosts}.
   *
   * @throws IllegalArgumentException for a value that cannot be obeyed
   */
  public static HostRecords records(HostConfig settings) {
    return new HostRecords(
        files(settings, "userknownhostsfile", USER),
        files(settings, "globalknownhostsfile", GLOBAL),
        files(settings, "revokedhostkeys", List.of()),
        settings.flag("hashknownhosts", false));
  }

  /**
   * The policy that {@code StrictHostKeyChecking} asks for, over the usual records. With {@code
   * ask} and nobody to ask, a host that is not on record is refused.
   */
  public static HostKeyPolicy policy(
      HostConfig settings, HostRecords records, Optional<HostKeyPolicy.Confirmation> person) {
    HostKeyPolicy policy =
        switch (settings.unknownHosts()) {
          case ADDED -> HostKeyPolicy.trustOnFirstUse(records);
          case REFUSED -> HostKeyPolicy.knownHosts(records);
          case ASKED ->
              person
                  .map(somebody -> HostKeyPolicy.confirmed(records, somebody))
                  .orElseGet(() -> HostKeyPolicy.knownHosts(records));
        };
    return aliased(settings, policy);
  }

  /** {@code HostKeyAlias}: the name by which the host is on record. */
  public static HostKeyPolicy aliased(HostConfig settings, HostKeyPolicy policy) {
    return settings
        .value("hostkeyalias")
        .<HostKeyPolicy>map(alias -> new HostKeyPolicy.Aliased(alias, policy))
        .orElse(policy);
  }

  private static List<Path> files(HostConfig settings, String keyword, List<String> otherwise) {
    return settings.all(keyword).orElse(otherwise).stream()
        .map(settings::path)
        .map(Path::of)
        .toList();
  }
}
