package dev.sluice.docs.examples;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileClient;
import dev.sluice.api.RemotePath;
import dev.sluice.api.storage.Storage;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.storage.decorate.AuditRecord;
import dev.sluice.storage.decorate.AuditedStorage;
import dev.sluice.storage.decorate.Bandwidth;
import dev.sluice.storage.decorate.MountedStorage;
import dev.sluice.storage.decorate.ThrottledStorage;
import dev.sluice.storage.gateway.SessionStorage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Short answers to frequent questions. */
public final class HowTo {
  private HowTo() {}

  /** A storage of your own: here one that gives each user the files of another storage. */
  public static Storage chosenByUser(Map<String, Storage> homes, Storage others) {
    return user -> homes.getOrDefault(user.name(), others).open(user);
  }

  /** Measures sessions, logins, requests and transfers, and makes a span of each session. */
  public static FtpServer measured(
      FtpServer server, MeterRegistry meters, ObservationRegistry observations) {
    return server.metrics(meters).observations(observations);
  }

  /** Files of this machine and of a partner's server; traffic is limited, and all is recorded. */
  public static Storage shared(Storage disk, FileClient partner, Consumer<AuditRecord> log) {
    Storage files =
        MountedStorage.of(disk).mount(RemotePath.of("/partner"), SessionStorage.of(partner));
    Bandwidth limit = Bandwidth.ofSession(5_000_000).withTotal(50_000_000);
    return AuditedStorage.of(ThrottledStorage.of(files, limit, limit), log);
  }

  /** A server whose files are those of another server. */
  public static FtpServer gateway(FileClient other) {
    return FtpServer.create().storage(SessionStorage.of(other));
  }

  /** Reads no longer than {@code limit}; the session can be used again afterwards. */
  public static Mono<Long> octetsWithin(FtpSession session, RemotePath file, Duration limit) {
    return session
        .read(file, ByteRange.all())
        .map(
            octets -> {
              long count = octets.readableBytes();
              octets.release();
              return count;
            })
        .take(limit)
        .reduce(0L, Long::sum);
  }
}
