package dev.sluice.ftp;

import dev.sluice.api.RawName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A reply (RFC 959 section 4.2).
 *
 * @param code three digits, 100 to 599
 * @param lines the text, one element a line, without codes; never empty
 */
public record FtpReply(int code, List<String> lines) {

  public FtpReply {
    if (code < 100 || code > 599) {
      throw new IllegalArgumentException("reply code " + code);
    }
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("a reply has at least one line");
    }
    lines = List.copyOf(lines);
  }

  /** A reply of one line. */
  public static FtpReply of(int code, String text) {
    return new FtpReply(code, List.of(text));
  }

  /** 1yz: another reply follows. */
  public boolean isPreliminary() {
    return code < 200;
  }

  /** 2yz: done. */
  public boolean isCompletion() {
    return code >= 200 && code < 300;
  }

  /** 3yz: the next command of a sequence is awaited. */
  public boolean isIntermediate() {
    return code >= 300 && code < 400;
  }

  /** 4yz and 5yz: refused, now or for good. */
  public boolean isNegative() {
    return code >= 400;
  }

  /** 4yz: the same command may work later. */
  public boolean isTransientNegative() {
    return code >= 400 && code < 500;
  }

  /** The first line. */
  public String text() {
    return lines.get(0);
  }

  /**
   * Applies {@code reader} to each line and returns its first result: the answer may be in any line
   * of a reply, since gateways add lines of their own before or after it.
   */
  public <T> Optional<T> find(Function<String, Optional<T>> reader) {
    return lines.stream().map(reader).flatMap(Optional::stream).findFirst();
  }

  /** For people and logs: code and text, control characters escaped. */
  public String describe() {
    return code + " " + RawName.escape(String.join(" | ", lines));
  }
}
