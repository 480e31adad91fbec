package dev.sluice.ssh.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host of {@code ProxyJump}: {@code [user@]host[:port]}, or the same as an {@code ssh://} URI
 * (ssh_config(5)).
 *
 * @param host an IPv6 address without its brackets
 * @param port empty = as in the host's own settings
 */
public record JumpHost(Optional<String> user, String host, Optional<Integer> port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:ssh://)?(?:([^@,]+)@)?(?:\\[([^]]+)]|([^:@,\\[\\]]+))(?::([0-9]{1,5}))?/?");
  private static final int MAX_PORT = 65_535;

  /**
   * Reads hosts separated by commas.
   *
   * @throws IllegalArgumentException if one is none
   */
  static List<JumpHost> parse(String list) {
    List<JumpHost> hosts = new ArrayList<>();
    for (String text : list.split(",", -1)) {
      hosts.add(one(text.strip()));
    }
    return List.copyOf(hosts);
  }

  private static JumpHost one(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("ProxyJump " + text);
    }
    Optional<Integer> port = Optional.ofNullable(form.group(4)).map(Integer::valueOf);
    if (port.filter(number -> number < 1 || number > MAX_PORT).isPresent()) {
      throw new IllegalArgumentException("ProxyJump " + text);
    }
    String host = form.group(2) != null ? form.group(2) : form.group(3);
    return new JumpHost(Optional.ofNullable(form.group(1)), host, port);
  }
}
