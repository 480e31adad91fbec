package dev.sluice.api.observe;

import java.util.List;
import java.util.stream.Stream;

/** Observers in their order, each once. */
record ObserverList(List<SessionObserver> all) implements SessionObserver {

  static SessionObserver of(Stream<SessionObserver> observers) {
    List<SessionObserver> each =
        observers
            .flatMap(o -> o instanceof ObserverList list ? list.all.stream() : Stream.of(o))
            .distinct()
            .toList();
    return each.size() == 1 ? each.get(0) : new ObserverList(each);
  }

  @Override
  public void onEvent(SessionEvent event) {
    all.forEach(observer -> observer.onEvent(event));
  }

  @Override
  public void onPool(PoolEvent event) {
    all.forEach(observer -> observer.onPool(event));
  }
}
