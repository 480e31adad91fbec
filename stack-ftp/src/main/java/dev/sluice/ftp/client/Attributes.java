package dev.sluice.ftp.client;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.AttributesRefused;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.command.FileTime;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.SetFacts;
import dev.sluice.ftp.command.SetTime;
import dev.sluice.ftp.command.Text;
import dev.sluice.ftp.command.Verb;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sets times and permissions with the commands that the server has: MFMT, MFF, SITE UTIME or the
 * MDTM form for times; SITE CHMOD or MFF for permissions.
 */
final class Attributes {
  private Attributes() {}

  static Mono<Void> set(Job job, RemotePath path, AttributeChange change) {
    return Mono.defer(
        () -> {
          Instant modified = change.modified();
          List<FtpCommand> commands = new ArrayList<>();
          if (!add(commands, job.conversation(), path, change)) {
            return Mono.error(
                new FileFailure(
                    FileError.UNSUPPORTED, path, "the server cannot set all of " + change));
          }
          Mono<Void> time = modified == null ? Mono.empty() : setTime(job, path, modified);
          Mono<Void> rest = Flux.fromIterable(commands).concatMap(job::expect).then();
          return Flux.fromIterable(commands)
              .concatMap(job::check)
              .then(refusal(time))
              .flatMap(refused -> rest.then(refused.map(Mono::<Void>error).orElseGet(Mono::empty)));
        });
  }

  /**
   * The commands that set all of {@code change}; empty = it must be found out first which ones do,
   * or not all of it can be set.
   */
  static Optional<List<FtpCommand>> known(
      Conversation conversation, RemotePath path, AttributeChange change) {
    Instant modified = change.modified();
    List<FtpCommand> commands = new ArrayList<>();
    Optional<Way.ToTime> way = conversation.choices.time.known();
    if (modified != null && way.isPresent()) {
      commands.add(timeCommand(way.get(), path, whole(modified)));
    }
    boolean all = modified == null || way.isPresent();
    return all && add(commands, conversation, path, change)
        ? Optional.of(commands)
        : Optional.empty();
  }

  /** Adds what sets everything but the time; false = not all of it can be set. */
  private static boolean add(
      List<FtpCommand> commands,
      Conversation conversation,
      RemotePath path,
      AttributeChange change) {
    return change.owner() == null
        && change.group() == null
        && change.size() == null
        && change.accessed() == null
        && (change.modified() == null || canSetModified(conversation))
        && addBirth(commands, conversation.server.features, path, change.created())
        && addPermissions(commands, conversation, path, change.permissions());
  }

  /**
   * Sets attributes of a file under the name that it has now, and then does {@code next}, which may
   * give it another one. A refusal is signalled at the end, about the name it has then.
   */
  static Mono<Void> with(
      Job job, RemotePath now, AttributeChange change, RemotePath then, Mono<Void> next) {
    if (change.equals(AttributeChange.none())) {
      return next;
    }
    return refusal(set(job, now, change))
        .flatMap(
            refused ->
                next.then(
                    refused
                        .map(why -> Mono.<Void>error(new AttributesRefused(then, why)))
                        .orElseGet(Mono::empty)));
  }

  /** What the server refused: no reason to leave out what comes after it. */
  private static Mono<Optional<FileFailure>> refusal(Mono<Void> step) {
    return step.then(Mono.<FileFailure>empty())
        .onErrorResume(FileFailure.class, Mono::just)
        .map(Optional::of)
        .defaultIfEmpty(Optional.empty());
  }

  /** Sets the time with the first of the server's commands that works. */
  private static Mono<Void> setTime(Job job, RemotePath path, Instant time) {
    return job.conversation()
        .choices
        .time
        .one(
            way -> {
              FtpCommand command = timeCommand(way, path, whole(time));
              return job.check(command).then(Mono.defer(() -> job.expect(command)));
            })
        .then();
  }

  /** Keeps permissions as far as the server allows; a file without them is better than none. */
  static Mono<Void> keepPermissions(Job job, RemotePath path, int mode) {
    FtpCommand command =
        mode == FileAttributes.UNKNOWN ? null : permissionsCommand(job.conversation(), path, mode);
    return command == null ? Mono.empty() : job.send(command).then();
  }

  static boolean canSetModified(Conversation conversation) {
    return conversation.choices.time.isPossible();
  }

  static boolean canSetPermissions(Conversation conversation) {
    return permissionsCommand(conversation, RemotePath.root(), 0) != null;
  }

  private static boolean addBirth(
      List<FtpCommand> commands, Features features, RemotePath path, @Nullable Instant time) {
    if (time == null) {
      return true;
    }
    FtpCommand command =
        features.lists("MFCT")
            ? new SetTime(Verb.MFCT, whole(time), path.toString())
            : facts(features, "CREATE", "Create", FileTime.format(whole(time)), path);
    return add(commands, command);
  }

  private static boolean addPermissions(
      List<FtpCommand> commands,
      Conversation conversation,
      RemotePath path,
      @Nullable Integer mode) {
    return mode == null || add(commands, permissionsCommand(conversation, path, mode));
  }

  private static boolean add(List<FtpCommand> commands, @Nullable FtpCommand command) {
    return command != null && commands.add(command);
  }

  private static FtpCommand timeCommand(Way.ToTime way, RemotePath path, Instant time) {
    String value = FileTime.format(time);
    return switch (way) {
      case MFMT -> new SetTime(Verb.MFMT, time, path.toString());
      case MFF -> new SetFacts(Map.of("Modify", value), path.toString());
      case LISTED_UTIME, UTIME ->
          new Text(
              Verb.SITE, String.join(" ", "UTIME", path.toString(), value, value, value, "UTC"));
      case MDTM -> new OnPath(Verb.MDTM, value + " " + path);
    };
  }

  private static @Nullable FtpCommand permissionsCommand(
      Conversation conversation, RemotePath path, int mode) {
    String octal = String.format(Locale.ROOT, "%03o", mode);
    boolean listed = conversation.server.features.parameter("SITE").contains("CHMOD");
    return listed || conversation.options.dialogue().tryUnlisted()
        ? new Text(Verb.SITE, "CHMOD " + octal + " " + path)
        : facts(conversation.server.features, "UNIX.MODE", "UNIX.mode", octal, path);
  }

  private static @Nullable FtpCommand facts(
      Features features, String listed, String fact, String value, RemotePath path) {
    return features.canSet(listed) ? new SetFacts(Map.of(fact, value), path.toString()) : null;
  }

  /** Servers differ on fractions of a second, and few of their file systems keep them. */
  private static Instant whole(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
