package dev.sluice.ftp.core;

import dev.sluice.ftp.PathCharset;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.reply.Refusal;
import dev.sluice.ftp.wire.Line;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads a line as a command, or throws the reply that refuses it (RFC 959 section 4.2). */
final class CommandReader {
  private static final Set<String> OTHER_PROTOCOLS =
      Set.of(
          "GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "CONNECT", "PATCH", "TRACE", "EHLO",
          "HELO", "SSH-2.0");

  private final Set<Verb> offered;
  private final PathCharset charset;

  CommandReader(Set<Verb> offered, PathCharset charset) {
    this.offered = offered;
    this.charset = charset;
  }

  /**
   * The command in {@code line}.
   *
   * @throws Refusal with the reply to give
   */
  FtpCommand read(Line line, boolean loggedIn) {
    if (line.truncated()) {
      throw new Refusal(500, "Command line too long");
    }
    String text = charset.decode(line.octets());
    int space = text.indexOf(' ');
    String word = space < 0 ? text : text.substring(0, space);
    Optional<Verb> verb = Verb.named(word);
    if (verb.isEmpty()) {
      throw new Refusal(500, "Unknown command");
    }
    if (!offered.contains(verb.get().canonical())) {
      throw new Refusal(502, verb.get() + " is not offered");
    }
    if (!loggedIn && !verb.get().beforeLogin()) {
      throw new Refusal(530, "Please log in with USER and PASS");
    }
    if (line.holdsNul()) {
      throw new Refusal(501, "NUL is not allowed");
    }
    return verb.get().decode(space < 0 ? "" : text.substring(space + 1));
  }

  /**
   * Whether the line begins another protocol, such as a request that an attacker made a browser
   * send.
   */
  boolean isOtherProtocol(Line line) {
    String text = line.text();
    int end = text.indexOf(' ');
    String word = end < 0 ? text : text.substring(0, end);
    return OTHER_PROTOCOLS.contains(word.toUpperCase(Locale.ROOT)) || word.startsWith("SSH-");
  }
}
