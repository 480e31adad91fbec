package dev.sluice.ssh.config;

import java.util.List;
import java.util.Optional;

/**
 * The settings for one host; of those given twice the first counts (ssh_config(5)).
 *
 * @param host as the user called it
 */
public record HostConfig(String host, List<SshConfig.Setting> settings) {
  private static final int MAX_PORT = 65_535;

  /** Where to connect to: {@code HostName}, in which {@code %h} is the host, else the host. */
  public String hostName() {
    return value("hostname").map(name -> expanded(name)).orElse(host);
  }

  /**
   * {@code Port}, else 22.
   *
   * @throws IllegalArgumentException if it is none
   */
  public int port() {
    String text = value("port").orElse("22");
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > MAX_PORT) {
      throw new IllegalArgumentException("Port " + text);
    }
    return Integer.parseInt(text);
  }

  /** {@code User}. */
  public Optional<String> user() {
    return value("user");
  }

  /** {@code IdentityFile}, all of them, as they stand there. */
  public List<String> identityFiles() {
    return values("identityfile");
  }

  /** {@code UserKnownHostsFile}, as they stand there. */
  public List<String> knownHostsFiles() {
    return first("userknownhostsfile").orElse(List.of());
  }

  /** The hosts of {@code ProxyJump}, the first to connect to first; none = connect directly. */
  public List<JumpHost> jumps() {
    return proxyJump().map(JumpHost::parse).orElse(List.of());
  }

  /** {@code ProxyJump}, unless it is {@code none}. */
  public Optional<String> proxyJump() {
    return value("proxyjump").filter(jump -> !jump.equalsIgnoreCase("none"));
  }

  /** The first argument of the first setting with this keyword, in lower case. */
  public Optional<String> value(String keyword) {
    return first(keyword).flatMap(words -> words.stream().findFirst());
  }

  /** The first arguments of all settings with this keyword. */
  public List<String> values(String keyword) {
    return settings.stream()
        .filter(setting -> setting.keyword().equals(keyword))
        .flatMap(setting -> setting.words().stream().limit(1))
        .toList();
  }

  private Optional<List<String>> first(String keyword) {
    return settings.stream()
        .filter(setting -> setting.keyword().equals(keyword))
        .map(SshConfig.Setting::words)
        .findFirst();
  }

  private String expanded(String name) {
    return name.replace("%%", "\0").replace("%h", host).replace("\0", "%");
  }
}
