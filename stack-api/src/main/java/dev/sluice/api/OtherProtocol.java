package dev.sluice.api;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognises a server of another protocol than the expected one by its first words. */
public final class OtherProtocol {
  private static final int SHOWN = 80;
  private static final Pattern FTP_GREETING = Pattern.compile("^(120|220|421|530)[ -].*");
  private static final Pattern LINE_END = Pattern.compile("[\\r\\n].*", Pattern.DOTALL);

  private OtherProtocol() {}

  /**
   * The error for a server with this start; empty if its protocol is not known.
   *
   * @param start the first octets that it sent
   */
  public static Optional<ConnectFailed> answered(String start) {
    String line = LINE_END.matcher(start).replaceFirst("");
    return advice(line)
        .map(
            advice ->
                new ConnectFailed(
                    "another protocol is spoken at this port: "
                        + advice
                        + " (it says: "
                        + RawName.escape(line.substring(0, Math.min(SHOWN, line.length())))
                        + ")"));
  }

  private static Optional<String> advice(String line) {
    if (line.startsWith("SSH-")) {
      return Optional.of("an SSH server answered; use SFTP, sftp://");
    }
    String lower = line.toLowerCase(Locale.ROOT);
    if (lower.startsWith("http/") || lower.startsWith("<html") || lower.startsWith("<!doctype")) {
      return Optional.of("an HTTP server answered, which is no file server for this program");
    }
    return FTP_GREETING.matcher(line).matches()
        ? Optional.of(
            "an FTP server answered in clear; use explicit TLS, ftpes://, or plain FTP, ftp://")
        : Optional.empty();
  }
}
