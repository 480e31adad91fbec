package dev.sluice.ftp.server;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.FileTime;
import dev.sluice.ftp.command.Text;
import dev.sluice.ftp.reply.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** SITE CHMOD, UTIME, SYMLINK, MKDIR and HELP (practice). Nothing here runs a program. */
final class SiteCommands {
  private static final Pattern ONE_TIME = Pattern.compile("([0-9]{12}|[0-9]{14}) (.+)");
  private static final Pattern THREE_TIMES =
      Pattern.compile("(.+) ([0-9]{14}) ([0-9]{14}) ([0-9]{14}) UTC");

  private SiteCommands() {}

  static Mono<FtpReply> site(Text command, Session session) {
    int space = command.text().indexOf(' ');
    String word = space < 0 ? command.text() : command.text().substring(0, space);
    String rest = space < 0 ? "" : command.text().substring(space + 1);
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "CHMOD" -> changeMode(rest, session);
      case "UTIME" -> setTimes(rest, session);
      case "SYMLINK" -> link(rest, session);
      case "MKDIR" -> makeDirectories(rest, session);
      case "HELP" -> help();
      default -> throw new Refusal(500, "Unknown SITE command");
    };
  }

  static Mono<FtpReply> help() {
    return Mono.just(
        new FtpReply(
            214,
            List.of(
                "SITE commands:",
                " CHMOD mode path",
                " UTIME YYYYMMDDhhmm[ss] path",
                " UTIME path atime mtime ctime UTC",
                " SYMLINK target link",
                " MKDIR path",
                " HELP",
                "End of help")));
  }

  private static Mono<FtpReply> changeMode(String rest, Session session) {
    int space = rest.indexOf(' ');
    if (space < 0) {
      throw new Refusal(501, "Syntax: SITE CHMOD mode path");
    }
    int mode = FileCommands.mode(rest.substring(0, space));
    return set(rest.substring(space + 1), AttributeChange.none().withPermissions(mode), session);
  }

  private static Mono<FtpReply> setTimes(String rest, Session session) {
    Matcher three = THREE_TIMES.matcher(rest);
    if (three.matches()) {
      AttributeChange change =
          AttributeChange.none()
              .withAccessed(time(three.group(2)))
              .withModified(time(three.group(3)));
      return set(three.group(1), change, session);
    }
    Matcher one = ONE_TIME.matcher(rest);
    if (!one.matches()) {
      throw new Refusal(501, "Syntax: SITE UTIME YYYYMMDDhhmm[ss] path");
    }
    String value = one.group(1).length() == 12 ? one.group(1) + "00" : one.group(1);
    return set(one.group(2), AttributeChange.none().withModified(time(value)), session);
  }

  private static Mono<FtpReply> link(String rest, Session session) {
    String[] words = rest.split(" ", -1);
    if (words.length != 2 || words[0].isEmpty() || words[1].isEmpty()) {
      throw new Refusal(501, "Syntax: SITE SYMLINK target link");
    }
    RemotePath link = session.resolve(words[1]);
    if (leadsAboveRoot(words[0], link.parent())) {
      throw new FileFailure(FileError.PERMISSION_DENIED, link, "leads out of the root");
    }
    return session
        .files()
        .createSymbolicLink(link, words[0])
        .thenReturn(FtpReply.of(200, "Link created"));
  }

  private static boolean leadsAboveRoot(String target, RemotePath from) {
    int depth = target.startsWith("/") ? 0 : from.names().size();
    for (String name : target.split("/", -1)) {
      if (name.equals("..")) {
        depth--;
      } else if (!name.isEmpty() && !name.equals(".")) {
        depth++;
      }
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }

  private static Mono<FtpReply> makeDirectories(String rest, Session session) {
    if (rest.isEmpty()) {
      throw new Refusal(501, "Syntax: SITE MKDIR path");
    }
    List<String> names = session.resolve(rest).names();
    return Flux.range(1, names.size())
        .concatMap(
            depth -> {
              RemotePath path = RemotePath.of(String.join("/", names.subList(0, depth)));
              return session
                  .files()
                  .createDirectory(path)
                  .onErrorResume(
                      FileFailure.class,
                      failure ->
                          failure.error() == FileError.ALREADY_EXISTS
                              ? Mono.empty()
                              : Mono.error(failure));
            })
        .then(Mono.just(FtpReply.of(200, "Directories created")));
  }

  private static Mono<FtpReply> set(String path, AttributeChange change, Session session) {
    if (path.isEmpty()) {
      throw new Refusal(501, "A pathname is missing");
    }
    return session
        .files()
        .setAttributes(session.resolve(path), change)
        .thenReturn(FtpReply.of(200, "Done"));
  }

  private static Instant time(String value) {
    return FileTime.parse(value).orElseThrow(() -> new Refusal(501, "No such date"));
  }
}
