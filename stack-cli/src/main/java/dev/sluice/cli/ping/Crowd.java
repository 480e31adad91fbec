package dev.sluice.cli.ping;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What servers say when they have enough connections, or enough of this client. */
public final class Crowd {
  /** sshd: MaxStartups; FTP: 421 of RFC 959, and the 530 of vsftpd, ProFTPD and Pure-FTPd. */
  private static final Pattern FULL =
      Pattern.compile(
          "(?i).*\\b(maxstartups|too many|maximum (number|login|client|connection)|"
              + "user limit|connection limit|sessions? limit).*");

  /** sshd: PerSourcePenalties. */
  private static final Pattern BANNED =
      Pattern.compile("(?i).*\\b(not allowed at this time|banned|blacklisted|blocked)\\b.*");

  private Crowd() {}

  /** What to do about it; null = the words are about something else. */
  public static @Nullable String advice(String words) {
    if (BANNED.matcher(words).matches()) {
      return "the server has banned this address for a while, as after wrong passwords: wait, or ask"
          + " its operator";
    }
    if (words.startsWith("421") || FULL.matcher(words).matches()) {
      return "the server is full, or has had enough of this address: close other sessions, use fewer"
          + " at a time (-j), or try again later";
    }
    return null;
  }
}
