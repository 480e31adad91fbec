package dev.sluice.transport.connect;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What a user of SSH proves their identity with, besides a password, and what is known of hosts.
 *
 * @param files private keys in the order in which they are tried
 * @param agent the socket of an agent; null = none is asked
 * @param config a file of ssh_config(5), read when the client is made: addresses, ports, users,
 *     keys, jump hosts, algorithms, trust; null = none is read
 */
@RecordBuilder
public record SshSettings(List<KeyFile> files, @Nullable Path agent, @Nullable Path config)
    implements SshSettingsBuilder.With {
  /** No key, and nothing known. */
  public static final SshSettings NONE = new SshSettings(List.of(), null, null);

  public SshSettings {
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
