package dev.sluice.ftp.io;

import dev.sluice.tls.session.MissingCloseNotify;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A protected data connection ended without close_notify, and the final reply was positive: whether
 * all has come is to be found out otherwise.
 */
public final class Unvouched extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** As most servers have it: {@code 150 Opening data connection for a.txt (1234 bytes).} */
  private static final Pattern OCTETS = Pattern.compile("(?i)\\(([0-9]{1,18}) (?:bytes|octets)");

  private final long octets;
  private final long announced;

  /**
   * @param octets what has come
   * @param announced what the reply before the data said would come; negative = nothing
   */
  Unvouched(long octets, long announced, MissingCloseNotify cause) {
    super(cause.getMessage(), cause, false, false);
    this.octets = octets;
    this.announced = announced;
  }

  public long octets() {
    return octets;
  }

  /** What the server said would come; empty = nothing. */
  public Optional<Long> announced() {
    return announced < 0 ? Optional.empty() : Optional.of(announced);
  }

  static Optional<Long> octetsIn(String line) {
    Matcher matcher = OCTETS.matcher(line);
    return matcher.find() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
  }
}
