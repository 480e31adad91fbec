package dev.sluice.ftp.server;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.TransferType;
import dev.sluice.ftp.command.FileTime;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.SetFacts;
import dev.sluice.ftp.command.SetTime;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.reply.Refusal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import reactor.core.publisher.Mono;

/** DELE, RNFR, RNTO, SIZE, MDTM, MFMT, MFCT, MFF and AVBL: files without their content. */
final class FileCommands {
  private FileCommands() {}

  static Mono<FtpReply> delete(OnPath command, Session session) {
    return session
        .files()
        .deleteFile(session.resolve(command.path()))
        .thenReturn(FtpReply.of(250, "File removed"));
  }

  static Mono<FtpReply> renameFrom(OnPath command, Session session) {
    RemotePath path = session.resolve(command.path());
    return session
        .files()
        .lstat(path)
        .map(
            entry -> {
              session.chosen.renameFrom = path;
              return FtpReply.of(350, "Send RNTO");
            });
  }

  static Mono<FtpReply> renameTo(OnPath command, Session session) {
    RemotePath from = session.chosen.renameFrom;
    if (from == null) {
      throw new Refusal(503, "Send RNFR first");
    }
    session.chosen.renameFrom = null;
    RemotePath to = session.resolve(command.path());
    return session.files().rename(from, to).thenReturn(FtpReply.of(250, "Renamed"));
  }

  /**
   * The number of octets that RETR would send with the current parameters; type A is too costly to
   * compute (RFC 3659 section 4).
   */
  static Mono<FtpReply> size(OnPath command, Session session) {
    if (session.chosen.format.type() == TransferType.ASCII) {
      throw new Refusal(550, "SIZE is not known in TYPE A; use TYPE I");
    }
    RemotePath path = session.resolve(command.path());
    return session
        .files()
        .stat(path)
        .map(
            entry -> {
              if (!entry.attributes().isFile() || !entry.attributes().hasSize()) {
                throw new FileFailure(FileError.NOT_A_FILE, path, "has no size");
              }
              return FtpReply.of(213, Long.toString(entry.size()));
            });
  }

  /** With a time before the name, MDTM sets that time: many clients and servers use this form. */
  static Mono<FtpReply> modified(OnPath command, Session session) {
    return modifiedAt(session.resolve(command.path()), session)
        .onErrorResume(
            FileFailure.class,
            failure ->
                failure.error() == FileError.NOT_FOUND && SetTime.isOne(command.path())
                    ? setTime(SetTime.of(command.path()), session)
                    : Mono.error(failure));
  }

  private static Mono<FtpReply> modifiedAt(RemotePath path, Session session) {
    return session
        .files()
        .stat(path)
        .map(
            entry -> {
              Instant time = entry.attributes().modified();
              if (!entry.attributes().isFile() || time == null) {
                throw new FileFailure(FileError.NOT_A_FILE, path, "has no modification time");
              }
              return FtpReply.of(213, FileTime.format(time));
            });
  }

  static Mono<FtpReply> setTime(SetTime command, Session session) {
    AttributeChange change =
        command.verb() == Verb.MFCT
            ? AttributeChange.none().withCreated(command.time())
            : AttributeChange.none().withModified(command.time());
    String fact = command.verb() == Verb.MFCT ? "Create" : "Modify";
    return session
        .files()
        .setAttributes(session.resolve(command.path()), change)
        .thenReturn(
            FtpReply.of(213, fact + "=" + FileTime.format(command.time()) + "; " + command.path()));
  }

  static Mono<FtpReply> setFacts(SetFacts command, Session session) {
    AttributeChange change = AttributeChange.none();
    StringBuilder done = new StringBuilder();
    for (Map.Entry<String, String> fact : command.facts().entrySet()) {
      String value = fact.getValue();
      switch (fact.getKey().toLowerCase(Locale.ROOT)) {
        case "modify" -> change = change.withModified(time(value));
        case "create" -> change = change.withCreated(time(value));
        case "unix.mode" -> change = change.withPermissions(mode(value));
        case "unix.owner" -> change = change.withOwner(value);
        case "unix.group" -> change = change.withGroup(value);
        default -> throw new Refusal(504, "Cannot set the fact " + fact.getKey());
      }
      done.append(fact.getKey()).append('=').append(value).append(';');
    }
    return session
        .files()
        .setAttributes(session.resolve(command.path()), change)
        .thenReturn(FtpReply.of(213, done + " " + command.path()));
  }

  static Mono<FtpReply> available(OnPath command, Session session) {
    RemotePath path = session.resolve(command.path());
    return session
        .files()
        .stat(path)
        .flatMap(
            entry -> {
              if (!entry.attributes().isDirectory()) {
                throw new FileFailure(FileError.NOT_A_DIRECTORY, path, "not a directory");
              }
              return session.files().space(path);
            })
        .map(space -> FtpReply.of(213, Long.toString(space.free())));
  }

  /** Permission bits in octal; setuid, setgid and sticky are never set from outside. */
  static int mode(String octal) {
    if (!octal.matches("0?[0-7]{3}")) {
      throw new Refusal(501, "Not a mode: three octal digits");
    }
    return Integer.parseInt(octal, 8);
  }

  private static Instant time(String value) {
    return FileTime.parse(value).orElseThrow(() -> new Refusal(501, "No such date"));
  }
}
