package dev.sluice.sftp;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import java.util.Set;
import reactor.core.publisher.Mono;

/** A client's session over SFTP. Any number of verbs and transfers go on at a time. */
public interface SftpSession extends FileSession {

  /** The path that {@code path} stands for at the server, after following symbolic links. */
  Mono<RemotePath> canonical(RemotePath path);

  /**
   * As {@link #setAttributes}, but for a symbolic link itself. {@code UNSUPPORTED} where the server
   * does not offer lsetstat@openssh.com, and for a size.
   */
  Mono<Void> setLinkAttributes(RemotePath link, AttributeChange change);

  /** The version that is spoken. */
  SftpVersion version();

  /** Names of the extensions that the server offers. Immutable. */
  Set<String> extensions();
}
