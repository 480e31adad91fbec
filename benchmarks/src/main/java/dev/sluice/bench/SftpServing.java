package dev.sluice.bench;

import dev.sluice.api.error.AuthenticationFailed;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.LoginAttempt;
import dev.sluice.api.storage.local.LocalStorage;
import dev.sluice.sftp.SftpServer;
import java.nio.file.Path;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** Serves a directory by SFTP to whoever has a key; see {@code compare-sftp}. */
final class SftpServing {
  private SftpServing() {}

  /** Arguments: port, directory, directory of host keys, the fingerprint of the user's key. */
  public static void main(String[] args) {
    Authenticator users =
        attempt ->
            attempt instanceof LoginAttempt.PublicKey key && key.fingerprint().equals(args[3])
                ? Mono.just(Identity.of(key.user()))
                : Mono.error(new AuthenticationFailed("login refused"));
    Objects.requireNonNull(
            SftpServer.create()
                .host("127.0.0.1")
                .port(Integer.parseInt(args[0]))
                .hostKeys(Path.of(args[2]))
                .storage(LocalStorage.at(Path.of(args[1])))
                .users(users)
                .bind()
                .block())
        .onClosed()
        .block();
  }
}
