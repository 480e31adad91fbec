package dev.sluice.transport.observe;

import dev.sluice.api.observe.PoolEvent;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.observe.TransferRef;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is open now. A registry keeps the first gauge of a name and its tags, so all observers of
 * the registry share one of these; a session that several of them watch is there once.
 */
final class Gauges {
  private static final String POOL = "sluice.pool.sessions";
  private static final Map<MeterRegistry, Gauges> ALL =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** The name and the tags of the gauges that the registry has. */
  private final Set<Tags> known = ConcurrentHashMap.newKeySet();

  private final Map<Long, Tags> sessions = new ConcurrentHashMap<>();
  private final Map<Long, Tags> transfers = new ConcurrentHashMap<>();
  private final Map<Tags, Double> pools = new ConcurrentHashMap<>();

  private Gauges() {}

  static Gauges of(MeterRegistry registry) {
    return ALL.computeIfAbsent(registry, any -> new Gauges());
  }

  void opened(MeterRegistry registry, SessionRef session) {
    put("sluice.sessions", sessions, session.id(), Metrics.tags(session), registry);
  }

  /** A session goes on under another protocol. */
  void changed(MeterRegistry registry, SessionRef session) {
    if (sessions.containsKey(session.id())) {
      opened(registry, session);
    }
  }

  void closed(SessionRef session) {
    sessions.remove(session.id());
  }

  void started(MeterRegistry registry, SessionRef session, TransferRef transfer) {
    Tags tags = Metrics.tags(session).and("direction", Metrics.direction(transfer));
    put("sluice.transfers.active", transfers, transfer.id(), tags, registry);
  }

  void ended(TransferRef transfer) {
    transfers.remove(transfer.id());
  }

  void pooled(MeterRegistry registry, PoolEvent event) {
    Tags idle = Tags.of("pool", event.pool(), "state", "idle");
    Tags lent = Tags.of("pool", event.pool(), "state", "lent");
    if (event instanceof PoolEvent.Created) {
      add(registry, idle, 1);
      add(registry, lent, 0);
    } else if (event instanceof PoolEvent.Evicted) {
      add(registry, idle, -1);
    } else if (event instanceof PoolEvent.Acquired) {
      add(registry, idle, -1);
      add(registry, lent, 1);
    } else if (event instanceof PoolEvent.Returned) {
      add(registry, lent, -1);
      add(registry, idle, 1);
    }
  }

  private void add(MeterRegistry registry, Tags tags, double more) {
    pools.merge(tags, more, Double::sum);
    if (known.add(tags.and("meter", POOL))) {
      Gauge.builder(POOL, pools, all -> all.getOrDefault(tags, 0.0)).tags(tags).register(registry);
    }
  }

  private void put(String name, Map<Long, Tags> open, long id, Tags tags, MeterRegistry registry) {
    open.put(id, tags);
    if (known.add(tags.and("meter", name))) {
      Gauge.builder(name, open, now -> count(now, tags)).tags(tags).register(registry);
    }
  }

  private static double count(Map<Long, Tags> open, Tags tags) {
    return open.values().stream().filter(tags::equals).count();
  }
}
