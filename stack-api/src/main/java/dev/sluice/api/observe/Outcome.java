package dev.sluice.api.observe;

import dev.sluice.api.FileFailure;
import dev.sluice.api.TransferException;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How something ended.
 *
 * @param cause of the failure; null = it has not failed
 */
public record Outcome(Kind kind, @Nullable Throwable cause) {
  public static final Outcome COMPLETE = new Outcome(Kind.COMPLETE, null);

  public static final Outcome CANCELLED = new Outcome(Kind.CANCELLED, null);

  public enum Kind {
    COMPLETE,
    /** Given up: by the subscriber here; on a server, by a client that aborts or leaves. */
    CANCELLED,
    FAILED
  }

  public static Outcome failed(Throwable cause) {
    return new Outcome(Kind.FAILED, cause);
  }

  /** {@code complete}, {@code cancelled} or {@code failed}. */
  public String word() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind of the failure, one of few: the {@link dev.sluice.api.FileError} or the type of {@link
   * TransferException} in lower case, {@code connection_lost}, {@code other}, or {@code none}.
   */
  public String error() {
    if (cause == null) {
      return "none";
    }
    if (cause instanceof FileFailure refused) {
      return refused.error().name().toLowerCase(Locale.ROOT);
    }
    if (cause instanceof IOException) {
      return "connection_lost";
    }
    Class<?> type = cause.getClass();
    while (type != null && type.getSuperclass() != TransferException.class) {
      type = type.getSuperclass();
    }
    return type == null
        ? "other"
        : type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
