package dev.sluice.ftp.io;

import dev.sluice.tls.session.MissingCloseNotify;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A protected data connection ended without close_notify, and the final reply was positive. The
 * caller must find out in another way whether all octets have arrived.
 */
public final class Unvouched extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The form that most servers use: {@code 150 Opening data connection for a.txt (1234 bytes).} */
  private static final Pattern OCTETS = Pattern.compile("(?i)\\(([0-9]{1,18}) (?:bytes|octets)");

  private final long octets;
  private final long announced;

  /**
   * @param octets the number of octets received
   * @param announced the number announced by the reply before the data; negative = none
   */
  Unvouched(long octets, long announced, MissingCloseNotify cause) {
    super(cause.getMessage(), cause, false, false);
    this.octets = octets;
    this.announced = announced;
  }

  public long octets() {
    return octets;
  }

  /** The number of octets that the server announced; empty = none. */
  public Optional<Long> announced() {
    return announced < 0 ? Optional.empty() : Optional.of(announced);
  }

  static Optional<Long> octetsIn(String line) {
    Matcher matcher = OCTETS.matcher(line);
    return matcher.find() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
  }
}
