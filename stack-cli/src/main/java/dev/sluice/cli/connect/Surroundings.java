package dev.sluice.cli.connect;

import dev.sluice.api.FileSession;
import dev.sluice.cli.place.RemoteUrl;
import dev.sluice.cli.place.Word;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Where a command runs: in a process of its own, or in a shell that is on a server already. */
public interface Surroundings {
  /** A process of its own: plain names lie on this machine, and no session is open. */
  Surroundings NONE =
      new Surroundings() {
        @Override
        public Word word(String text) {
          return Word.parse(text);
        }

        @Override
        public List<Word> local(String text) {
          return List.of(Word.parse(text));
        }

        @Override
        public @Nullable Word here() {
          return null;
        }

        @Override
        public Optional<Mono<FileSession>> session(RemoteUrl url) {
          return Optional.empty();
        }

        @Override
        public Optional<Mono<FileSession>> login(RemoteUrl url) {
          return Optional.empty();
        }
      };

  /** The place that a word names. */
  Word word(String text);

  /** What a word names where a name on this machine is meant. */
  List<Word> local(String text);

  /** The directory on the server; null outside a shell. */
  @Nullable Word here();

  /** The session with the server of {@code url} that is open, and that stays open. */
  Optional<Mono<FileSession>> session(RemoteUrl url);

  /** Another login there, with what the shell was given for it. */
  Optional<Mono<FileSession>> login(RemoteUrl url);
}
