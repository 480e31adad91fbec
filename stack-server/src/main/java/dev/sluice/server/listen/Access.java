package dev.sluice.server.listen;

import dev.sluice.api.login.Authenticator;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.Storage;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Who may do what: all that a document says of users.
 *
 * @param users who may log in
 * @param files what each of them sees
 * @param observer hears of their sessions
 * @param upkeep what else goes on
 */
public record Access(Authenticator users, Storage files, SessionObserver observer, Upkeep upkeep) {
  /** Nothing else goes on. */
  public Access(Authenticator users, Storage files, SessionObserver observer) {
    this(users, files, observer, Upkeep.NONE);
  }

  /** What goes on besides the sessions. */
  public interface Upkeep {
    /** Nothing. */
    Upkeep NONE =
        new Upkeep() {
          @Override
          public List<String> troubles() {
            return List.of();
          }

          @Override
          public Mono<Void> settled() {
            return Mono.empty();
          }
        };

    /** What is wrong now, each in words for an operator. The sessions work all the same. */
    List<String> troubles();

    /** Completes when what has happened is written down; within a minute. */
    Mono<Void> settled();
  }
}
