package dev.sluice.server.audit;

import dev.sluice.api.observe.SessionRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What has happened.
 *
 * @param time of its end
 * @param session with the user, if there is one by then
 * @param user who logged in, or as whom a client tried to; null = nobody. Control characters are
 *     escaped
 * @param path as the client names it; null = it is about no file
 * @param target the other path of a rename, a copy or a link
 * @param octets moved, of an upload and a download
 * @param took null = it takes no time
 * @param result {@code ok}, {@code cancelled}, {@code refused}, or the error in lower case
 * @param detail in words; null = there is nothing to add
 */
public record AuditEvent(
    Instant time,
    Kind kind,
    SessionRef session,
    @Nullable String user,
    @Nullable String path,
    @Nullable String target,
    @Nullable Long octets,
    @Nullable Duration took,
    String result,
    @Nullable String detail) {
  static final String OK = "ok";
  static final String REFUSED = "refused";

  /** The kinds of events. */
  public enum Kind {
    LOGIN,
    /** A wrong password, or a user who may not enter. */
    LOGIN_REFUSED,
    /** Too many failed logins: {@code detail} says whom and for how long. */
    BAN,
    /** A connection without a place, or of a banned client. */
    TURNED_AWAY,
    LOGOUT,
    UPLOAD,
    DOWNLOAD,
    DELETE,
    RENAME,
    MKDIR,
    RMDIR,
    /** Mode, owner or times. */
    SETSTAT,
    /** A symbolic or a hard link. */
    LINK,
    /** A copy made by the server. */
    COPY;

    /** As it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An event of a session about no file. */
  static AuditEvent of(
      Instant time,
      Kind kind,
      SessionRef session,
      @Nullable String user,
      String result,
      @Nullable String detail) {
    return new AuditEvent(time, kind, session, user, null, null, null, null, result, detail);
  }

  AuditEvent withTook(Duration time) {
    return new AuditEvent(
        this.time, kind, session, user, path, target, octets, time, result, detail);
  }

  /** Whether it was done. */
  public boolean isOk() {
    return result.equals(OK);
  }
}
