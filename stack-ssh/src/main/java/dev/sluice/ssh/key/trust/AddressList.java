package dev.sluice.ssh.key.trust;

import java.util.Locale;
import java.util.Optional;

/**
 * The peers that a {@code from=} option or a certificate's {@code source-address} allows: patterns
 * of names and addresses, and ranges (sshd(8)).
 */
public final class AddressList {
  private final PatternList list;

  private AddressList(PatternList list) {
    this.list = list;
  }

  /** Reads entries separated by commas; throws an {@link IllegalArgumentException} if wrong. */
  public static AddressList parse(String text) {
    PatternList list = PatternList.parse(text.toLowerCase(Locale.ROOT));
    for (String pattern : list.patterns()) {
      String plain = pattern.startsWith("!") ? pattern.substring(1) : pattern;
      if (plain.isEmpty() || plain.contains("/") && Cidr.parse(plain).isEmpty()) {
        throw new IllegalArgumentException("\"" + pattern + "\" is no address");
      }
    }
    return new AddressList(list);
  }

  /** Whether a peer with this address, in the usual notation, is allowed. */
  public boolean allows(String address) {
    return list.matches(address.toLowerCase(Locale.ROOT), AddressList::matches);
  }

  private static boolean matches(String pattern, String address) {
    Optional<Cidr> range = Cidr.parse(pattern);
    return range.isPresent() ? range.get().contains(address) : Wildcard.matches(pattern, address);
  }
}
