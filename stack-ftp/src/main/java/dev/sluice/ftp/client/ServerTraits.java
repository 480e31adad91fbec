package dev.sluice.ftp.client;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What a session has learned of its server. Touched on the event loop only. */
final class ServerTraits {
  /** What it can do, as far as it says, and as far as it has not refused. */
  Features features = Features.UNKNOWN;

  /** It reads line by line: it does not drop a command that comes before its turn. */
  boolean readsAhead;

  /** What it answers to SYST; null = not asked yet. */
  @Nullable String system;

  /** In which its listings give times; null = not probed yet. */
  @Nullable ZoneId zone;

  ServerTraits(@Nullable ZoneId zone) {
    this.zone = zone;
  }
}
