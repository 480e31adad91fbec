package dev.sluice.ssh.key.trust;

import dev.sluice.ssh.key.Presence;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a key of authorized_keys may do (sshd(8), AUTHORIZED_KEYS FILE FORMAT).
 *
 * <p>Every option here is known and well formed: a line with any other option grants nothing.
 */
public final class KeyOptions {
  /** No options. */
  public static final KeyOptions NONE = new KeyOptions(List.of());

  /** What a session may ask for, besides files. */
  public enum Feature {
    PORT_FORWARDING("port-forwarding"),
    AGENT_FORWARDING("agent-forwarding"),
    X11_FORWARDING("x11-forwarding"),
    PTY("pty"),
    USER_RC("user-rc");

    private final String option;

    Feature(String option) {
      this.option = option;
    }
  }

  /** An option; the value is empty for those that have none. */
  record Option(String name, String value) {}

  private static final Set<String> FLAGS =
      Set.of(
          "cert-authority",
          "restrict",
          "no-touch-required",
          "verify-required",
          "port-forwarding",
          "no-port-forwarding",
          "agent-forwarding",
          "no-agent-forwarding",
          "x11-forwarding",
          "no-x11-forwarding",
          "pty",
          "no-pty",
          "user-rc",
          "no-user-rc");
  private static final Set<String> ONCE = Set.of("command", "from", "principals", "expiry-time");
  private static final Set<String> OFTEN = Set.of("environment", "permitopen", "permitlisten");
  private static final Pattern TIME = Pattern.compile("[0-9]{8}([0-9]{4}([0-9]{2})?)?Z?");
  private static final Map<Integer, DateTimeFormatter> TIMES =
      Map.of(
          12, DateTimeFormatter.ofPattern("uuuuMMddHHmm", Locale.ROOT),
          14, DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT));

  private final List<Option> options;

  private KeyOptions(List<Option> options) {
    this.options = options;
  }

  /**
   * Reads options separated by commas.
   *
   * @throws IllegalArgumentException if one is unknown or malformed, or given twice
   */
  static KeyOptions parse(String text) {
    List<Option> options = new ArrayList<>();
    OptionScanner scanner = new OptionScanner(text);
    do {
      Option option = scanner.next();
      check(option, options);
      options.add(option);
    } while (scanner.hasNext());
    return new KeyOptions(List.copyOf(options));
  }

  private static void check(Option option, List<Option> before) {
    boolean repeated = before.stream().anyMatch(it -> it.name().equals(option.name()));
    boolean known =
        FLAGS.contains(option.name())
            || OFTEN.contains(option.name())
            || ONCE.contains(option.name()) && !repeated;
    if (!known || FLAGS.contains(option.name()) != option.value().isEmpty()) {
      throw new IllegalArgumentException("option " + option.name());
    }
    switch (option.name()) {
      case "from" -> AddressList.parse(option.value());
      case "expiry-time" -> expiry(option.value(), ZoneOffset.UTC);
      default -> {}
    }
  }

  /** The command that runs instead of the requested one. */
  public Optional<String> command() {
    return value("command");
  }

  /** Whether a peer with this address may use the key. */
  public boolean allows(String address) {
    return value("from").map(list -> AddressList.parse(list).allows(address)).orElse(true);
  }

  /**
   * Whether the key is no longer valid.
   *
   * @param zone the zone of times that do not end in {@code Z}
   */
  public boolean isExpired(Instant now, ZoneId zone) {
    return value("expiry-time").map(time -> !now.isBefore(expiry(time, zone))).orElse(false);
  }

  /** Whether the key signs certificates, and does not open a session itself. */
  public boolean isCertAuthority() {
    return has("cert-authority");
  }

  /** The names of which a certificate must have one; empty = the user's own. */
  public List<String> principals() {
    return value("principals").map(list -> List.of(list.split(",", -1))).orElse(List.of());
  }

  /** What a security key must have asked of its user. */
  public Presence presence() {
    return new Presence(!has("no-touch-required"), has("verify-required"));
  }

  /** Whether the session may use the feature; the last option counts. */
  public boolean permits(Feature feature) {
    boolean permitted = true;
    for (Option option : options) {
      if (option.name().equals("restrict") || option.name().equals("no-" + feature.option)) {
        permitted = false;
      } else if (option.name().equals(feature.option)) {
        permitted = true;
      }
    }
    return permitted;
  }

  /**
   * The values of an option that may be given several times: environment, permitopen, permitlisten.
   */
  public List<String> values(String name) {
    return options.stream().filter(it -> it.name().equals(name)).map(Option::value).toList();
  }

  private Optional<String> value(String name) {
    return values(name).stream().findFirst();
  }

  private boolean has(String flag) {
    return options.stream().anyMatch(option -> option.name().equals(flag));
  }

  private static Instant expiry(String text, ZoneId zone) {
    if (!TIME.matcher(text).matches()) {
      throw new IllegalArgumentException("expiry-time " + text);
    }
    boolean utc = text.endsWith("Z");
    String digits = utc ? text.substring(0, text.length() - 1) : text;
    String minutes = digits.length() == 8 ? digits + "0000" : digits;
    try {
      return LocalDateTime.parse(minutes, TIMES.get(minutes.length()))
          .atZone(utc ? ZoneOffset.UTC : zone)
          .toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("expiry-time " + text, e);
    }
  }

  @Override
  public String toString() {
    return options.stream().map(Option::name).toList().toString();
  }
}
