package dev.sluice.docs.examples;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileClient;
import dev.sluice.api.RemotePath;
import dev.sluice.api.storage.Storage;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.storage.gateway.SessionStorage;
import dev.sluice.transport.observe.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Short answers to frequent questions. */
public final class HowTo {
  private HowTo() {}

  /** A storage of your own: here one that gives each user the files of another storage. */
  public static Storage chosenByUser(Map<String, Storage> homes, Storage others) {
    return user -> homes.getOrDefault(user.name(), others).open(user);
  }

  /** Counts sessions, logins, requests and transfers in a registry. */
  public static FtpServer measured(FtpServer server, MeterRegistry registry) {
    return server.observer(Metrics.observer(registry));
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
