package dev.sluice.sftp.server;

import dev.sluice.api.RemotePath;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.PathRequest.Rename;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Distinguishes a missing file from a missing directory: NO_SUCH_PATH, from version 4 on
 * (draft-ietf-secsh-filexfer-04 section 7).
 */
final class MissingPaths {
  private MissingPaths() {}

  /** {@code answer}; if a name is missing, this looks for the directories on the way. */
  static Mono<SftpResponse> told(SftpRequest request, Mono<SftpResponse> answer, Session session) {
    return request instanceof PathRequest about && session.version() != SftpVersion.V3
        ? answer.onErrorResume(
            PathRequests::isMissing, failure -> explained(failure, about, session))
        : answer;
  }

  private static Mono<SftpResponse> explained(
      Throwable failure, PathRequest about, Session session) {
    return Flux.fromIterable(paths(about))
        .map(session::resolve)
        .filter(path -> !path.isRoot())
        .map(RemotePath::parent)
        .concatMap(session.files()::stat)
        .then(Mono.<SftpResponse>error(failure))
        .onErrorMap(
            found -> found != failure,
            found ->
                PathRequests.isMissing(found) ? new Refusal(StatusCode.NO_SUCH_PATH) : failure);
  }

  private static List<String> paths(PathRequest about) {
    return about instanceof Rename rename
        ? List.of(rename.path(), rename.to())
        : List.of(about.path());
  }
}
