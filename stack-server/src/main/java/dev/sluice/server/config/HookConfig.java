package dev.sluice.server.config;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What runs when something has happened.
 *
 * @param on login, login_refused, logout, upload, download, delete, rename, mkdir, rmdir
 * @param path which paths, as a pattern; all unless it is set
 * @param run a program and its arguments; {@code {user}}, {@code {path}}, {@code {event}} and
 *     others are replaced, no shell is involved
 * @param post an address that is sent the event as JSON
 * @param token sent as Authorization: Bearer with post
 * @param timeout how long one attempt may take; default 30s
 * @param attempts attempts until the event is given up; default 5
 */
@RecordBuilder
public record HookConfig(
    @Key(
            value = "login, login_refused, logout, upload, download, delete, rename, mkdir, rmdir",
            required = true,
            example = "[upload]")
        List<Event> on,
    @Key(value = "which paths, as a pattern; all unless it is set", example = "*/in/*.csv")
        @Nullable String path,
    @Key(
            value =
                "a program and its arguments; {user}, {path}, {event} and others are replaced, no shell is involved",
            example = "[/usr/local/bin/got, \"{user}\", \"{path}\"]")
        List<String> run,
    @Key(value = "an address that is sent the event as JSON", example = "https://example.net/hook")
        @Nullable URI post,
    @Key("sent as Authorization: Bearer with post") @Nullable Secret token,
    @Key(value = "how long one attempt may take", standard = "30s") Duration timeout,
    @Key(value = "attempts until the event is given up", standard = "5") int attempts)
    implements HookConfigBuilder.With {
  public HookConfig {
    on = List.copyOf(on);
    run = List.copyOf(run);
  }

  /** What has happened. */
  public enum Event {
    LOGIN,
    LOGIN_REFUSED,
    LOGOUT,
    UPLOAD,
    DOWNLOAD,
    DELETE,
    RENAME,
    MKDIR,
    RMDIR
  }
}
