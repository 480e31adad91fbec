package dev.sluice.transport.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.observe.Moved;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionEvent.Direction;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

final class MetricsTest {
  @Test
  void aCancelledTransferIsNoFailedOne() {
    MeterRegistry registry = new SimpleMeterRegistry();
    Moved watched = new Moved(Metrics.observer(registry), 1, Direction.RECEIVED);
    watched.report(Flux.<ByteBuf>never()).take(java.time.Duration.ofMillis(1)).blockLast();

    assertThat(registry.get("sluice.transfers").tag("outcome", "cancelled").timer().count())
        .isEqualTo(1);
    assertThat(registry.find("sluice.transfers").tag("outcome", "failed").timer()).isNull();
  }

  @Test
  void twoObserversOfOneRegistryCountTheSessionsOfBoth() {
    MeterRegistry registry = new SimpleMeterRegistry();
    InetSocketAddress peer = InetSocketAddress.createUnresolved("peer", 21);
    Metrics.observer(registry).onEvent(new SessionEvent.Connected(1, "ftp", peer));
    Metrics.observer(registry).onEvent(new SessionEvent.Connected(2, "sftp", peer));

    assertThat(registry.get("sluice.sessions").gauge().value()).isEqualTo(2);
  }
}
