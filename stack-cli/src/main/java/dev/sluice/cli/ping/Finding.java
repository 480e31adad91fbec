package dev.sluice.cli.ping;

import org.jspecify.annotations.Nullable;

/**
 * What one step of the examination has shown.
 *
 * @param step what was tried, as {@code DNS} or {@code EPSV}
 * @param verdict whether that is good
 * @param detail what was seen
 * @param advice what to do about it; null = nothing
 */
public record Finding(String step, Verdict verdict, String detail, @Nullable String advice) {

  /** How good that is. */
  public enum Verdict {
    /** As it should be. */
    OK,
    /** It works, but somebody should know. */
    NOTE,
    /** It does not work. */
    FAILED
  }

  public static Finding ok(String step, String detail) {
    return new Finding(step, Verdict.OK, detail, null);
  }

  public static Finding note(String step, String detail, String advice) {
    return new Finding(step, Verdict.NOTE, detail, advice);
  }

  public static Finding failed(String step, String detail, String advice) {
    return new Finding(step, Verdict.FAILED, detail, advice);
  }
}
