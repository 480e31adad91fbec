package dev.sluice.ftp.server;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.Glob;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.TransferMode;
import dev.sluice.ftp.TransferType;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.io.Transforms;
import dev.sluice.ftp.reply.Refusal;
import dev.sluice.ftp.transfer.Coding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** LIST, NLST, MLSD, MLST and STAT of a path: directories to the client. */
final class ListingCommands {
  private static final int LINES_PER_BUFFER = 128;
  private static final int MAX_STAT_LINES = 1000;

  private ListingCommands() {}

  static Mono<FtpReply> list(OnPath command, Session session) {
    ListArguments arguments = ListArguments.parse(command.path());
    Instant now = Instant.now();
    return matches(arguments, session)
        .flatMap(
            found ->
                send(
                    itself(arguments, session, now)
                        .concatWith(
                            found.map(
                                hit -> UnixListing.line(hit.entry(), hit.entry().name(), now))),
                    textFormat(session),
                    session));
  }

  /** A directory and its parent, where they are asked for. */
  private static Flux<String> itself(ListArguments arguments, Session session, Instant now) {
    if (!arguments.itself()) {
      return Flux.empty();
    }
    RemotePath path = session.resolve(arguments.path());
    return session
        .files()
        .stat(path)
        .filter(entry -> entry.attributes().isDirectory())
        .flatMapMany(
            entry ->
                session
                    .files()
                    .stat(path.parent())
                    .flatMapIterable(
                        parent ->
                            List.of(
                                UnixListing.line(entry, ".", now),
                                UnixListing.line(parent, "..", now))))
        .onErrorResume(FileFailure.class, failure -> Flux.empty()); // a pattern
  }

  static Mono<FtpReply> names(OnPath command, Session session) {
    ListArguments arguments = ListArguments.parse(command.path());
    return matches(arguments, session)
        .flatMap(found -> send(found.map(Hit::usableName), textFormat(session), session));
  }

  static Mono<FtpReply> machineList(OnPath command, Session session) {
    RemotePath path = session.resolve(command.path());
    return directory(path, session, 501)
        .flatMap(
            entry -> {
              Flux<String> lines =
                  session
                      .files()
                      .list(path)
                      .map(child -> machineEntry(child, child.name(), session));
              return send(lines, machineFormat(session), session);
            });
  }

  /** One entry on the control connection (RFC 3659 section 7). */
  static Mono<FtpReply> machineEntry(OnPath command, Session session) {
    RemotePath path = session.resolve(command.path());
    return session
        .files()
        .lstat(path)
        .map(
            entry ->
                new FtpReply(
                    250,
                    List.of(
                        "Listing " + path,
                        " " + machineEntry(entry, path.toString(), session),
                        "End")));
  }

  /** A listing on the control connection (RFC 959 section 4.1.3). */
  static Mono<FtpReply> status(OnPath command, Session session) {
    ListArguments arguments = ListArguments.parse(command.path());
    Instant now = Instant.now();
    return matches(arguments, session)
        .flatMap(
            found ->
                found
                    .take(MAX_STAT_LINES)
                    .map(hit -> " " + UnixListing.line(hit.entry(), hit.entry().name(), now))
                    .collectList())
        .map(
            lines -> {
              List<String> all = new ArrayList<>(lines.size() + 2);
              all.add("Status of " + session.resolve(arguments.path()));
              all.addAll(lines);
              all.add("End of status");
              return new FtpReply(213, all);
            });
  }

  /**
   * An entry and the path that a client would use for it.
   *
   * @param prefix what the client wrote before the name; ends in a slash or is empty
   */
  private record Hit(FileEntry entry, String prefix) {
    String usableName() {
      return prefix + entry.name();
    }
  }

  /** What a LIST argument names: a directory's entries, a file, or what a pattern matches. */
  private static Mono<Flux<Hit>> matches(ListArguments arguments, Session session) {
    RemotePath path = session.resolve(arguments.path());
    String prefix = arguments.path();
    return session
        .files()
        .stat(path)
        .onErrorResume(FileFailure.class, failure -> session.files().lstat(path))
        .map(
            entry ->
                entry.attributes().isDirectory()
                    ? children(path, prefix.isEmpty() ? "" : slashed(prefix), arguments, session)
                    : Flux.just(new Hit(entry, parentOf(prefix))))
        .onErrorResume(
            FileFailure.class,
            failure ->
                failure.error() == FileError.NOT_FOUND && Glob.isPattern(path.name())
                    ? expand(path, parentOf(prefix), arguments, session)
                    : Mono.error(failure));
  }

  private static Mono<Flux<Hit>> expand(
      RemotePath pattern, String prefix, ListArguments arguments, Session session) {
    Glob glob = new Glob(pattern.name());
    ListArguments shown =
        new ListArguments(
            arguments.path(), arguments.all() || pattern.name().startsWith("."), false);
    return directory(pattern.parent(), session, 550)
        .map(
            entry ->
                children(pattern.parent(), prefix, shown, session)
                    .filter(hit -> glob.matches(hit.entry().name())));
  }

  private static Flux<Hit> children(
      RemotePath directory, String prefix, ListArguments arguments, Session session) {
    return session
        .files()
        .list(directory)
        .filter(entry -> arguments.all() || !entry.name().startsWith("."))
        .map(entry -> new Hit(entry, prefix));
  }

  private static Mono<FileEntry> directory(RemotePath path, Session session, int codeForFile) {
    return session
        .files()
        .stat(path)
        .map(
            entry -> {
              if (!entry.attributes().isDirectory()) {
                throw new Refusal(codeForFile, "Not a directory");
              }
              return entry;
            });
  }

  private static String machineEntry(FileEntry entry, String name, Session session) {
    return session.chosen.facts.entry(
        entry.attributes(), MlsxFacts.type(entry.attributes()), name, session.identity().rights());
  }

  /**
   * MLSD goes out plain regardless of TYPE and MODE (RFC 3659 section 7.2), except that MODE Z
   * deflates it: lftp and ProFTPD's mod_deflate do so, and treat a plain listing as an error.
   */
  private static TransferFormat machineFormat(Session session) {
    return session.chosen.format.mode() == TransferMode.DEFLATE
        ? textFormat(session)
        : TransferFormat.PLAIN;
  }

  /** Listings are text regardless of TYPE, but MODE applies to them (RFC 1123 section 4.1.2.7). */
  private static TransferFormat textFormat(Session session) {
    return session.chosen.format.withType(TransferType.IMAGE);
  }

  private static Mono<FtpReply> send(Flux<String> lines, TransferFormat format, Session session) {
    return Transfer.send(
        session,
        "Listing follows",
        null,
        stream ->
            Transfer.counted(
                session,
                stream,
                Transforms.through(
                    lines.buffer(LINES_PER_BUFFER).map(some -> encode(some, session)),
                    () -> Coding.encoder(format))));
  }

  /**
   * A line break in a name, a link's target or an owner would forge a line. It is shown escaped, so
   * that its author cannot hide a file.
   */
  private static ByteBuf encode(List<String> lines, Session session) {
    ByteBuf out = ByteBufAllocator.DEFAULT.buffer(lines.size() * 80);
    for (String line : lines) {
      out.writeBytes(session.options().dialogue().charset().encode(RawName.onOneLine(line)))
          .writeByte('\r')
          .writeByte('\n');
    }
    return out;
  }

  private static String parentOf(String argument) {
    return argument.substring(0, argument.lastIndexOf('/') + 1);
  }

  private static String slashed(String argument) {
    return argument.endsWith("/") ? argument : argument + "/";
  }
}
