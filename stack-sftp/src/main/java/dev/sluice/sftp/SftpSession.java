package dev.sluice.sftp;

import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.message.SftpVersion;
import java.util.Set;
import reactor.core.publisher.Mono;

/** A client's session over SFTP. Any number of verbs and transfers go on at a time. */
public interface SftpSession extends FileSession {

  /** Where the server lets the user begin. */
  Mono<RemotePath> home();

  /** The path that {@code path} stands for at the server, symbolic links followed. */
  Mono<RemotePath> canonical(RemotePath path);

  /** What is spoken. */
  SftpVersion version();

  /** Names of the extensions that the server offers. Immutable. */
  Set<String> extensions();
}
