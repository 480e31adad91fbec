package dev.sluice.storage.decorate;

import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import java.time.Clock;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * A storage that records what each user does: one {@link AuditRecord} for each verb, refused ones
 * included. It lends no channels, so that all octets are counted.
 *
 * @param inner the storage that does the work
 * @param sink takes the records, from any thread; it must return at once and must not throw
 * @param clock tells the time
 */
public record AuditedStorage(Storage inner, Consumer<AuditRecord> sink, Clock clock)
    implements Storage {

  public static AuditedStorage of(Storage storage, Consumer<AuditRecord> sink) {
    return new AuditedStorage(storage, sink, Clock.systemUTC());
  }

  @Override
  public Mono<Void> check() {
    return inner.check();
  }

  @Override
  public Mono<StorageSession> open(Identity user) {
    return inner
        .open(user)
        .map(session -> new AuditedSession(session, new Auditor(user.name(), sink, clock)));
  }
}
