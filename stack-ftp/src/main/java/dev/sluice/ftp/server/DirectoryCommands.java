package dev.sluice.ftp.server;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.OnPath;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/** CWD, CDUP, PWD, MKD and RMD (RFC 959 sections 4.1.1 and 4.1.3). */
final class DirectoryCommands {
  private static final Pattern DOTS = Pattern.compile("(^|/)[.]{1,2}/*$");

  private DirectoryCommands() {}

  static Mono<FtpReply> change(OnPath command, Session session) {
    return changeTo(session.resolve(command.path()), session);
  }

  static Mono<FtpReply> up(Bare command, Session session) {
    return changeTo(session.chosen.directory.parent(), session);
  }

  static Mono<FtpReply> print(Bare command, Session session) {
    return Mono.just(
        FtpReply.of(257, quoted(session.chosen.directory) + " is the current directory"));
  }

  static Mono<FtpReply> make(OnPath command, Session session) {
    RemotePath path = session.resolve(command.path());
    return session
        .files()
        .createDirectory(path)
        .thenReturn(FtpReply.of(257, quoted(path) + " created"));
  }

  static Mono<FtpReply> remove(OnPath command, Session session) {
    RemotePath path = session.resolve(command.path());
    if (path.isRoot()) {
      return Mono.just(FtpReply.of(550, "The root cannot be removed"));
    }
    if (DOTS.matcher(command.path()).find()) { // as rmdir(2), whose callers rely on it
      return Mono.just(FtpReply.of(550, "A directory cannot be removed as . or .. of itself"));
    }
    return session.files().deleteDirectory(path).thenReturn(FtpReply.of(250, "Directory removed"));
  }

  private static Mono<FtpReply> changeTo(RemotePath path, Session session) {
    return session
        .files()
        .stat(path)
        .map(
            entry -> {
              if (!entry.attributes().isDirectory()) {
                throw new FileFailure(FileError.NOT_A_DIRECTORY, path, "not a directory");
              }
              session.chosen.directory = path;
              return FtpReply.of(250, "Directory changed");
            });
  }

  /** The path as RFC 959 appendix II wants it: in quotes, inner ones doubled. */
  private static String quoted(RemotePath path) {
    return "\"" + path.toString().replace("\"", "\"\"") + "\"";
  }
}
