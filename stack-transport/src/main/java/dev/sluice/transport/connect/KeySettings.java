package dev.sluice.transport.connect;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What a user of SSH proves their identity with, besides a password.
 *
 * @param files in the order in which they are tried
 * @param agent the socket of an agent; null = none is asked
 */
@RecordBuilder
public record KeySettings(List<KeyFile> files, @Nullable Path agent)
    implements KeySettingsBuilder.With {
  /** No key. */
  public static final KeySettings NONE = new KeySettings(List.of(), null);

  public KeySettings {
    files = List.copyOf(files);
  }

  /**
   * A private key in a file.
   *
   * @param passphrase subscribed to once per login, on the scheduler for what blocks, for two
   *     minutes at most; empty = the file is not encrypted
   */
  public record KeyFile(Path file, Mono<char[]> passphrase) {
    @Override
    public String toString() {
      return "KeyFile[" + file + "]";
    }
  }
}
