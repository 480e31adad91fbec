package dev.sluice.transport.connect;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Who logs in. What is set here comes before what the URI says, and both before a file.
 *
 * @param user null = that of the URI, or of the file
 * @param password subscribed to once per login, on the scheduler for what blocks, for two minutes
 *     at most; null = that of the URI, or of the file
 * @param atHand whether the password needs nobody to be asked
 * @param netrc a file of logins (see ftp(1)); null = none is read
 */
@RecordBuilder
public record LoginSettings(
    @Nullable String user, @Nullable Mono<String> password, boolean atHand, @Nullable Path netrc)
    implements LoginSettingsBuilder.With {
  /** What the URI says. */
  public static final LoginSettings DEFAULT = new LoginSettings(null, null, false, null);

  @Override
  public String toString() {
    return "LoginSettings[%s, netrc %s]".formatted(user == null ? "" : user, netrc);
  }
}
