package dev.sluice.server.daemon;

import dev.sluice.api.observe.SessionObserver;
import dev.sluice.server.audit.AuditEvent;
import dev.sluice.server.audit.AuditLog;
import dev.sluice.server.audit.Trail;
import dev.sluice.server.config.AuditConfig;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.listen.Access;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Who hears of what users do. What is recorded of a session goes on through a reload. */
final class Records {
  private static final Duration LAST_LINES = Duration.ofSeconds(30);

  private final Trail trail = new Trail(Clock.systemUTC());
  private volatile @Nullable Kept last;

  private record Kept(AuditConfig config, AuditLog log) {}

  /**
   * An access that is recorded as the document says.
   *
   * @throws IllegalArgumentException if it cannot be
   */
  Access of(ServerConfig config, Access access) {
    AuditConfig wanted = config.audit();
    if (wanted == null) {
      return access;
    }
    AuditLog log = log(wanted);
    Consumer<AuditEvent> sink = log::add;
    SessionObserver observer = access.observer().and(trail.observer(sink));
    return new Access(access.users(), trail.files(access.files(), sink), observer, upkeep(log));
  }

  private synchronized AuditLog log(AuditConfig wanted) {
    Kept before = last;
    if (before != null && before.config().equals(wanted)) {
      return before.log();
    }
    AuditLog made = AuditLog.of(wanted);
    last = new Kept(wanted, made);
    return made;
  }

  private static Access.Upkeep upkeep(AuditLog log) {
    return new Access.Upkeep() {
      @Override
      public List<String> troubles() {
        return log.trouble().stream().toList();
      }

      @Override
      public Mono<Void> settled() {
        return log.flushed().timeout(LAST_LINES).onErrorComplete();
      }
    };
  }
}
