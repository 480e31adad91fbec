package dev.sluice.sftp.client;

import dev.sluice.api.SessionClosed;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The transfers and listings of a session: those that learn of its end, and those that wait for
 * room on the channel.
 */
final class LinkUsers {
  private final Set<Consumer<Throwable>> users = new LinkedHashSet<>();
  private final ArrayDeque<Runnable> paused = new ArrayDeque<>();

  void enter(Consumer<Throwable> user) {
    users.add(user);
  }

  void leave(Consumer<Throwable> user) {
    users.remove(user);
  }

  /** Runs {@code task} when there is room, in the order of calls. */
  void await(Runnable task) {
    paused.add(task);
  }

  /** Lets the tasks that wait now continue, while there is room. */
  void resume(BooleanSupplier hasRoom) {
    for (int i = paused.size(); i > 0 && hasRoom.getAsBoolean(); i--) {
      paused.remove().run();
    }
  }

  /** The session has ended. */
  void lost(SessionClosed cause) {
    List.copyOf(users).forEach(user -> user.accept(cause));
    users.clear();
    paused.clear();
  }
}
