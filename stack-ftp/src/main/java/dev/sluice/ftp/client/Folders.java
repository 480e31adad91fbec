package dev.sluice.ftp.client;

import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Verb;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** The server's working directory, which this client uses as little as it can. */
final class Folders {
  private Folders() {}

  /** Changes the working directory: what relative names and a bare LIST mean. */
  static Mono<Void> enter(Job job, RemotePath directory) {
    Conversation conversation = job.conversation();
    return learnHome(job)
        .then(Mono.defer(() -> job.expect(new OnPath(Verb.CWD, directory.toString()), Verb.XCWD)))
        .doOnNext(reply -> conversation.agreed.away = true)
        .then();
  }

  /** Goes back to the login directory, for commands that name no absolute path. */
  static Mono<Void> goHome(Job job) {
    Conversation conversation = job.conversation();
    return Mono.defer(
        () -> {
          String home = conversation.home;
          if (!conversation.agreed.away || home == null) {
            return Mono.empty();
          }
          return job.expect(new OnPath(Verb.CWD, home))
              .doOnNext(reply -> conversation.agreed.away = false)
              .then();
        });
  }

  /**
   * The path made absolute: listings change the working directory, which would change relative
   * paths.
   */
  static Mono<RemotePath> absolute(Job job, RemotePath path) {
    return path.isRelative() ? home(job).map(path::seenFrom) : Mono.just(path);
  }

  /** The login directory. */
  static Mono<RemotePath> home(Job job) {
    return Mono.defer(
            () -> {
              String known = job.conversation().home;
              return known == null ? goHome(job).then(workingDirectory(job)) : Mono.just(known);
            })
        .doOnNext(path -> job.conversation().home = path)
        .map(RemotePath::of);
  }

  /** The working directory, out of the quotes of a 257 reply (RFC 959 appendix II). */
  static Mono<String> workingDirectory(Job job) {
    return job.send(new Bare(Verb.PWD))
        .flatMap(
            reply ->
                Job.isUnknown(reply)
                    ? job.expect(new Bare(Verb.XPWD))
                    : Job.positive(new Bare(Verb.PWD), reply))
        .map(Folders::quoted);
  }

  /** The text between the first quote and its closing undoubled one, else the first word. */
  static String quoted(FtpReply reply) {
    return reply
        .find(Folders::quoted)
        .or(() -> reply.find(Folders::absolute))
        .orElseGet(() -> reply.text().strip().split(" ", 2)[0]);
  }

  private static Optional<String> absolute(String line) {
    return line.startsWith("/") ? Optional.of(line.strip().split(" ", 2)[0]) : Optional.empty();
  }

  private static Optional<String> quoted(String text) {
    int start = text.indexOf('"');
    if (start < 0) {
      return Optional.empty();
    }
    StringBuilder path = new StringBuilder();
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        if (i + 1 >= text.length() || text.charAt(i + 1) != '"') {
          break;
        }
        i++;
      }
      path.append(c);
    }
    return Optional.of(path.toString());
  }

  private static Mono<Void> learnHome(Job job) {
    Conversation conversation = job.conversation();
    return Mono.defer(
        () ->
            conversation.home != null
                ? Mono.empty()
                : workingDirectory(job)
                    .doOnNext(path -> conversation.home = path)
                    .onErrorResume(FileFailure.class, unknown -> Mono.empty())
                    .then());
  }
}
