package dev.sluice.sftp.server;

import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets clients use the name of a file that they are still writing, as sshfs does: it looks at a
 * file right after creating it. A file that was to appear only when complete appears from then on.
 */
final class UsedNames {
  private UsedNames() {}

  /** {@code answer}, after the name that the request uses has been given to its file. */
  static Mono<SftpResponse> shown(SftpRequest request, Mono<SftpResponse> answer, Session session) {
    return session.options().uploads().atomic()
            && request instanceof PathRequest about
            && uses(about)
        ? Mono.defer(
                () ->
                    Flux.fromIterable(session.handles().aside(session.resolve(about.path())))
                        .concatMap(file -> file.publish(session))
                        .then())
            .then(answer)
        : answer;
  }

  private static boolean uses(PathRequest about) {
    return about instanceof PathRequest.Stat
        || about instanceof PathRequest.Lstat
        || about instanceof PathRequest.Setstat
        || about instanceof PathRequest.Open;
  }
}
