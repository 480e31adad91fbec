package dev.sluice.cli.ping;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.TransferException;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.HostRecords;
import dev.sluice.ssh.SshTimeouts;
import dev.sluice.ssh.client.SshClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/**
 * What an SSH server shows to anybody: its host keys, and how users may prove who they are. Blocks.
 *
 * @param host a name or an address
 * @param patience the longest wait for each step
 */
record SshDoor(String host, int port, Duration patience) {
  private static final String METHODS = "the server goes on with ";

  /** A key of every type that the server has and that is known here, as {@code type SHA256:...}. */
  List<String> keys() {
    List<String> seen = new CopyOnWriteArrayList<>();
    HostKeyPolicy collecting =
        HostKeyPolicy.confirmed(
            HostRecords.in(),
            (name, number, key) -> {
              seen.add(key.type() + " " + key.fingerprint());
              return Mono.just(false); // the client then asks for a key of another type
            });
    try {
      client("nobody").hostKeys(collecting).connect().block();
    } catch (TransferException refused) {
      return seen; // as every key is
    }
    return seen;
  }

  /**
   * The methods for this user, as the server lists them when none is used (RFC 4252 section 5.2);
   * nothing secret is sent, so any server may answer.
   *
   * @return empty = the user was let in
   * @throws TransferException when the server does not say
   */
  Optional<String> methods(String user) {
    try {
      client(user)
          .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone())
          .connect()
          .flatMap(session -> session.close())
          .block();
      return Optional.empty();
    } catch (AuthenticationFailed refused) {
      String words = String.valueOf(refused.getMessage());
      int at = words.indexOf(METHODS);
      String list = at < 0 ? words : words.substring(at + METHODS.length());
      return Optional.of(list.replaceAll("[\\[\\]]", ""));
    }
  }

  private SshClient client(String user) {
    return SshClient.create(host)
        .port(port)
        .user(user)
        .timeouts(usual -> SshTimeouts.all(patience))
        .warnings(text -> {});
  }
}
