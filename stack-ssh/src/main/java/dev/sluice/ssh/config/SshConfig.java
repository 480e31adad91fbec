package dev.sluice.ssh.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A client's configuration file (ssh_config(5)): blocks of settings for the hosts whose names match
 * a pattern. {@code Match} knows {@code all}, {@code host}, {@code originalhost}, {@code user} and
 * {@code localuser}.
 *
 * <p>A keyword that ssh_config(5) does not have is an error, as it is to OpenSSH: a misspelled
 * setting may be one that was meant to narrow trust. {@code IgnoreUnknown} before it allows it.
 * Settings that are known but have no effect here are in {@link HostConfig#warnings}.
 */
public final class SshConfig {
  private final List<Block> blocks;
  private final List<String> warnings;

  /**
   * A setting.
   *
   * @param keyword in lower case
   * @param line where it stands in its file, from 1
   */
  public record Setting(String keyword, List<String> words, int line) {}

  /** Settings for the hosts that meet all conditions. */
  record Block(List<MatchBlock> conditions, List<Setting> settings) {
    boolean isFor(MatchBlock.Subject subject) {
      return conditions.stream().allMatch(condition -> condition.isFor(subject));
    }

    Optional<String> undecidable() {
      return conditions.stream().flatMap(each -> each.undecidable().stream()).findFirst();
    }
  }

  SshConfig(List<Block> blocks, List<String> warnings) {
    this.blocks = List.copyOf(blocks);
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads a file. Files that it includes are not read, which is a warning.
   *
   * @throws IllegalArgumentException naming the line that cannot be understood
   */
  public static SshConfig parse(String file) {
    return new ConfigParser(null).parse(file);
  }

  /**
   * Reads a file and those it includes.
   *
   * @param included the texts of the files that a word after {@code Include} stands for
   * @throws IllegalArgumentException naming the line that cannot be understood
   */
  public static SshConfig parse(String file, Function<String, List<String>> included) {
    return new ConfigParser(included).parse(file);
  }

  /** The settings for a host, as the user called it. */
  public HostConfig forHost(String host) {
    return forHost(host, Optional.empty());
  }

  /**
   * The settings for a host.
   *
   * @param host as the user called it
   * @param user to log in as, if that is decided already
   */
  public HostConfig forHost(String host, Optional<String> user) {
    List<Setting> settings = new ArrayList<>();
    HostConfig soFar = new HostConfig(host, settings, warnings);
    for (Block block : blocks) {
      String name = user.or(soFar::user).orElse(System.getProperty("user.name"));
      if (block.isFor(new MatchBlock.Subject(host, soFar.hostName(), name))) {
        settings.addAll(block.settings());
      }
    }
    return new HostConfig(host, List.copyOf(settings), warnings);
  }
}
