package dev.sluice.ssh.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings for one host; if a setting is given twice, the first counts (ssh_config(5)).
 *
 * @param host as the user called it
 * @param fileWarnings about the file as a whole
 */
public record HostConfig(String host, List<SshConfig.Setting> settings, List<String> fileWarnings) {
  private static final int MAX_PORT = 65_535;
  private static final Pattern TOKEN = Pattern.compile("%(.?)");
  private static final Set<String> OFF = Set.of("no", "off", "false", "none");

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

  /** All values of {@code IdentityFile}, as written. */
  public List<String> identityFiles() {
    return values("identityfile");
  }

  /** The values of {@code UserKnownHostsFile}, as written. */
  public List<String> knownHostsFiles() {
    return all("userknownhostsfile").orElse(List.of());
  }

  /** What happens to a host whose key is not on record. */
  public enum Unknown {
    /** It is refused. */
    REFUSED,
    /** Somebody is asked; if nobody can be asked, it is refused. */
    ASKED,
    /** It is trusted, and its key put on record. A changed key is refused all the same. */
    ADDED
  }

  /**
   * {@code StrictHostKeyChecking}, else {@code ask}. {@code no} means {@code accept-new}: with
   * {@code no}, OpenSSH would accept a changed key too, which no setting does here.
   *
   * @throws IllegalArgumentException for another word
   */
  public Unknown unknownHosts() {
    String text = value("stricthostkeychecking").orElse("ask");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "yes", "true" -> Unknown.REFUSED;
      case "ask" -> Unknown.ASKED;
      case "accept-new", "no", "off", "false" -> Unknown.ADDED;
      default ->
          throw new IllegalArgumentException(
              "StrictHostKeyChecking " + text + ": write yes, ask, accept-new or no");
    };
  }

  /**
   * A setting that is {@code yes} or {@code no}.
   *
   * @throws IllegalArgumentException for another word
   */
  public boolean flag(String keyword, boolean otherwise) {
    String text = value(keyword).orElse(otherwise ? "yes" : "no");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "yes", "true" -> true;
      case "no", "false" -> false;
      default -> throw new IllegalArgumentException(keyword + " " + text + ": write yes or no");
    };
  }

  /**
   * A setting that is a number, 0 or more.
   *
   * @throws IllegalArgumentException if it is none
   */
  public Optional<Integer> number(String keyword) {
    return value(keyword)
        .map(
            text -> {
              if (!text.matches("[0-9]{1,9}")) {
                throw new IllegalArgumentException(keyword + " " + text + ": not a number");
              }
              return Integer.valueOf(text);
            });
  }

  /**
   * What the file says about this host but has no effect here; for the user to know.
   *
   * @return one sentence each
   */
  public List<String> warnings() {
    List<String> all = new ArrayList<>(fileWarnings);
    List<String> without =
        settings.stream()
            .filter(setting -> Keywords.isReported(setting.keyword()))
            .filter(setting -> !OFF.contains(setting.words().get(0).toLowerCase(Locale.ROOT)))
            .map(setting -> setting.keyword() + " (line " + setting.line() + ")")
            .distinct()
            .toList();
    if (!without.isEmpty()) {
      all.add("not supported and without effect: " + String.join(", ", without));
    }
    value("stricthostkeychecking")
        .filter(word -> OFF.contains(word.toLowerCase(Locale.ROOT)))
        .ifPresent(
            word ->
                all.add(
                    "StrictHostKeyChecking "
                        + word
                        + " is taken as accept-new: a changed host key is still refused"));
    return List.copyOf(all);
  }

  /**
   * Refuses unsupported settings that narrow trust or name the way to the host: going on without
   * them would trust more than their author wants.
   *
   * @throws IllegalArgumentException naming the setting
   */
  public void requireSupported() {
    for (SshConfig.Setting setting : settings) {
      boolean harmless = OFF.contains(setting.words().get(0).toLowerCase(Locale.ROOT));
      if (Keywords.narrowsUnobeyed(setting.keyword()) && !harmless) {
        throw new IllegalArgumentException(
            "line " + setting.line() + ": " + setting.keyword() + " is not supported");
      }
    }
  }

  /** All arguments of the first setting with this keyword; {@code none} = an empty list. */
  public Optional<List<String>> all(String keyword) {
    return first(keyword)
        .map(words -> words.size() == 1 && words.get(0).equals("none") ? List.of() : words);
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

  /**
   * A file that a setting names, with {@code ~/} and the tokens of ssh_config(5) replaced.
   *
   * @throws IllegalArgumentException for a token that is not supported
   */
  public String path(String named) {
    String home = System.getProperty("user.home");
    String text = named.startsWith("~/") ? home + named.substring(1) : named;
    return TOKEN.matcher(text).replaceAll(found -> Matcher.quoteReplacement(token(found, named)));
  }

  private String token(MatchResult found, String named) {
    return switch (found.group(1)) {
      case "%" -> "%";
      case "d" -> System.getProperty("user.home");
      case "h" -> hostName();
      case "k" -> value("hostkeyalias").orElse(host);
      case "n" -> host;
      case "p" -> String.valueOf(port());
      case "r" -> user().orElse(System.getProperty("user.name"));
      case "u" -> System.getProperty("user.name");
      default ->
          throw new IllegalArgumentException(named + ": %" + found.group(1) + " is not supported");
    };
  }

  private String expanded(String name) {
    return name.replace("%%", "\0").replace("%h", host).replace("\0", "%");
  }
}
