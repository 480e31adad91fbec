package dev.sluice.client.inbox;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Remembers which files are claimed and which are finished. A key stands for one version of a file:
 * its path, size and time of change. All publishers are cold, and signal what fails.
 */
public interface ClaimStore {

  /**
   * Claims a file for so long. What {@code consumer} itself has claimed it may claim again, as it
   * does after a crash.
   */
  Mono<Answer> claim(String key, String consumer, Duration lease);

  /** Keeps a claim for so long from now; false = it belongs to somebody else, or to nobody. */
  Mono<Boolean> renew(String key, String consumer, Duration lease);

  /**
   * The file is finished and stays where it is: nobody may claim it again. The answer comes when
   * that would survive the end of the process.
   */
  Mono<Void> finish(String key, String consumer);

  /** Forgets the claim: the file is gone, or is free for everybody again. */
  Mono<Void> release(String key, String consumer);

  /** What a claim met. */
  enum Answer {
    /** The file is the consumer's. */
    CLAIMED,
    /** It is another consumer's, for now. */
    HELD,
    /** It is finished. */
    FINISHED
  }
}
