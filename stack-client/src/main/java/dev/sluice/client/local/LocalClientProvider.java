package dev.sluice.client.local;

import dev.sluice.api.FileClient;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.transport.connect.ClientProvider;
import dev.sluice.transport.connect.ClientRequest;
import dev.sluice.transport.connect.RemotePlace;
import dev.sluice.transport.connect.Setting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Makes clients for the disk ({@code file:}) and for the memory of this process ({@code mem:}). */
public final class LocalClientProvider implements ClientProvider {
  /** Names of trees in memory. */
  private static final int MOST_NAMES = 1000;

  private static final Map<String, MemoryStorage> NAMED = new HashMap<>();
  private static final Identity OURSELVES = Identity.of("local");

  @Override
  public Set<String> schemes() {
    return Set.of("file", "mem");
  }

  @Override
  public Set<Setting> settings(String scheme) {
    return Set.of(Setting.OBSERVER); // it hears of pools
  }

  @Override
  public Set<Class<?>> tunable(String scheme) {
    return Set.of();
  }

  @Override
  public FileClient client(ClientRequest request) {
    RemotePlace place = request.place();
    if (place.user() != null || place.port() != 0) {
      throw new IllegalArgumentException(place + " is on this machine; leave out user and port");
    }
    Storage storage = place.scheme().equals("mem") ? memory(place.host()) : disk(place);
    return () -> storage.open(OURSELVES).map(session -> StorageFiles.of(session, place.scheme()));
  }

  private static Storage disk(RemotePlace place) {
    if (!place.host().isEmpty() && !place.host().equalsIgnoreCase("localhost")) {
      throw new IllegalArgumentException(
          place + " names another machine; write file:///path for this one");
    }
    return LocalStorage.at(
        Objects.requireNonNull(Path.of("").toAbsolutePath().getRoot(), "an absolute path"));
  }

  private static Storage memory(String name) {
    if (name.isEmpty()) {
      return MemoryStorage.create();
    }
    synchronized (NAMED) {
      if (NAMED.size() >= MOST_NAMES && !NAMED.containsKey(name)) {
        throw new LimitExceeded(
            MOST_NAMES + " trees in memory have names; mem:/ makes one without a name");
      }
      return NAMED.computeIfAbsent(name, unused -> MemoryStorage.create());
    }
  }
}
