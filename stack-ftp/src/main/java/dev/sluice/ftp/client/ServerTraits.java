package dev.sluice.ftp.client;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What a session has learned about its server. Touched on the event loop only. */
final class ServerTraits {
  /** What it says it can do, less what it has refused. */
  Features features = Features.UNKNOWN;

  /** Whether it reads line by line, and so does not drop a command that arrives early. */
  boolean readsAhead;

  /** Its reply to SYST; null = not asked yet. */
  @Nullable String system;

  /** The time zone of its listings; null = not probed yet. */
  @Nullable ZoneId zone;

  ServerTraits(@Nullable ZoneId zone) {
    this.zone = zone;
  }
}
