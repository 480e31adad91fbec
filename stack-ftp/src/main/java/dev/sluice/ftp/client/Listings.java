package dev.sluice.ftp.client;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.IncompleteListing;
import dev.sluice.api.RemotePath;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.ftp.Dialect;
import dev.sluice.ftp.ListingOptions;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.UnparsedLines;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.FileTime;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.io.Unvouched;
import dev.sluice.ftp.listing.LineSplitter;
import dev.sluice.ftp.listing.ListedEntry;
import dev.sluice.ftp.listing.ListingParser;
import dev.sluice.ftp.listing.ServerTime;
import dev.sluice.ftp.wire.Line;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The entries of a directory, by the first way that works. Streamed. */
final class Listings {
  private static final FtpCommand LIST = new OnPath(Verb.LIST, "");

  private Listings() {}

  /** The entries; lines that were not understood are dealt with as the options say. */
  static Flux<FileEntry> list(Job job, RemotePath directory) {
    return Flux.defer(
        () -> {
          Unread unread = new Unread();
          return list(job, directory, unread)
              .concatWith(Flux.defer(() -> end(job, directory, unread)));
        });
  }

  private static Flux<FileEntry> end(Job job, RemotePath directory, Unread unread) {
    UnparsedLines policy = job.conversation().options.listing().unparsed();
    if (policy != UnparsedLines.IGNORE) {
      unread.lines().forEach(job::reportUnparsed);
    }
    IncompleteListing error = unread.error(directory);
    return policy == UnparsedLines.FAIL && error != null ? Flux.error(error) : Flux.empty();
  }

  /**
   * @param unread collects the lines that were not understood; entries found for them by other
   *     commands are included
   */
  static Flux<FileEntry> list(Job job, RemotePath directory, Unread unread) {
    return understood(job, directory, unread)
        .concatWith(
            Flux.defer(
                () -> unread.isEmpty() ? Flux.empty() : NameList.missing(job, directory, unread)))
        .doOnComplete(() -> tell(job.conversation(), directory, unread));
  }

  /** Reports the lines to observers of the session, whatever happens to the error. */
  private static void tell(Conversation conversation, RemotePath directory, Unread unread) {
    IncompleteListing error = unread.error(directory);
    if (error != null && conversation.options.listing().unparsed() != UnparsedLines.IGNORE) {
      conversation.tell(
          new SessionEvent.ListingIncomplete(
              conversation.ref(), directory, error.lines(), error.first()));
    }
  }

  private static Flux<FileEntry> understood(Job job, RemotePath directory, Unread unread) {
    AtomicBoolean decided = new AtomicBoolean();
    return job.check(new OnPath(Verb.MLSD, directory.toString()))
        .thenMany(
            job.conversation()
                .choices
                .listing
                .many(
                    () -> decided.get() || !unread.isEmpty(),
                    way ->
                        switch (way) {
                          case MLSD -> mlsd(job, directory, unread, decided);
                          case LIST -> listed(job, directory, unread);
                          case NLST -> NameList.all(job, directory);
                        }));
  }

  /**
   * Some servers send an empty listing for a name that is missing or no directory: that is an error
   * here.
   */
  private static Flux<FileEntry> mlsd(
      Job job, RemotePath directory, Unread unread, AtomicBoolean decided) {
    OnPath command = new OnPath(Verb.MLSD, directory.toString());
    return entries(job, directory, command, Dialect.MLSD, unread)
        .map(entry -> entry(directory, entry))
        .doOnComplete(() -> decided.set(true))
        .switchIfEmpty(confirmed(job, directory).thenMany(Flux.empty()))
        .onErrorResume(
            FileFailure.class,
            failure ->
                failure.error() == FileError.UNSUPPORTED && !decided.get()
                    ? unknown(job, directory, failure, decided)
                    : Flux.error(failure));
  }

  /** 501 also stands for a path that is no directory (RFC 3659 section 7.2.1). */
  private static Flux<FileEntry> unknown(
      Job job, RemotePath directory, FileFailure failure, AtomicBoolean decided) {
    return confirmed(job, directory)
        .doOnError(cause -> decided.set(true))
        .thenMany(
            Flux.error(
                () -> {
                  Facts.refuse(job, "MLST");
                  return failure;
                }));
  }

  /** Whether there is a directory of this name, as far as replies say. */
  private static Mono<Void> confirmed(Job job, RemotePath directory) {
    return Facts.of(job, directory, Mono::error)
        .flatMap(
            found ->
                found.attributes().isDirectory()
                    ? Mono.empty()
                    : Mono.error(
                        new FileFailure(
                            FileError.NOT_A_DIRECTORY, directory, "it is a " + found.kind())));
  }

  /**
   * Many servers answer LIST of a missing directory with an empty listing: CWD shows the
   * difference.
   */
  private static Flux<FileEntry> listed(Job job, RemotePath directory, Unread unread) {
    return Folders.enter(job, directory)
        .then(system(job))
        .then(Mono.defer(() -> zone(job, directory)))
        .thenMany(
            Flux.defer(
                () ->
                    inside(job, directory, job.conversation().options.listing().dialect(), unread)))
        .map(entry -> entry(directory, entry));
  }

  /**
   * The working directory. Some servers answer 450 or 550 to LIST of an empty directory; that it
   * exists is known from CWD.
   */
  private static Flux<ListedEntry> inside(
      Job job, RemotePath directory, @Nullable Dialect dialect, Unread unread) {
    return Flux.defer(
        () -> {
          AtomicBoolean begun = new AtomicBoolean();
          return entries(job, directory, LIST, dialect, unread)
              .doOnNext(entry -> begun.set(true))
              .onErrorResume(
                  FileFailure.class,
                  failure ->
                      begun.get() || !unread.isEmpty() || !saysNothingIsThere(failure)
                          ? Flux.error(failure)
                          : Flux.empty());
        });
  }

  private static boolean saysNothingIsThere(FileFailure failure) {
    return failure.error() == FileError.BUSY || failure.error() == FileError.NOT_FOUND;
  }

  private static FileEntry entry(RemotePath directory, ListedEntry entry) {
    return new FileEntry(directory.child(entry.name()), entry.attributes());
  }

  private static Flux<ListedEntry> entries(
      Job job, RemotePath directory, FtpCommand command, @Nullable Dialect dialect, Unread unread) {
    return Flux.defer(
        () -> {
          Reader reader = new Reader(job, dialect);
          TransferFormat format = command == LIST ? TransferFormat.INITIAL : TransferFormat.PLAIN;
          return job.transfer(command, format, 0)
              .flatMapMany(
                  transfer ->
                      transfer
                          .download()
                          .onErrorResume(
                              Unvouched.class, end -> Truncation.ofListing(job, directory, end))
                          .map(reader::read)
                          .concatWith(Mono.fromSupplier(reader::end)))
              .concatMapIterable(entries -> entries, 1)
              .doOnNext(entry -> unread.seen(entry.name()))
              .doOnTerminate(() -> unread.add(reader.parser));
        });
  }

  private static Mono<Void> system(Job job) {
    Conversation conversation = job.conversation();
    return conversation.server.system != null
        ? Mono.empty()
        : job.send(new Bare(Verb.SYST))
            .doOnNext(
                reply ->
                    conversation.server.system =
                        reply.isCompletion() ? String.join(" ", reply.lines()) : "")
            .then();
  }

  /**
   * A listing shows times in a zone that it does not name. In each session, the client compares one
   * file's listed time with that of MDTM, which is in UTC.
   */
  private static Mono<Void> zone(Job job, RemotePath directory) {
    Conversation conversation = job.conversation();
    if (conversation.server.zone != null || !conversation.server.features.mayHave("MDTM")) {
      return Mono.empty();
    }
    conversation.server.zone = ZoneOffset.UTC;
    return inside(job, directory, null, new Unread())
        .reduce((first, next) -> isProbe(first) ? first : next)
        .filter(Listings::isProbe)
        .flatMap(entry -> probe(job, entry))
        .then();
  }

  private static boolean isProbe(ListedEntry entry) {
    return entry.timed() && entry.attributes().isFile() && entry.attributes().modified() != null;
  }

  private static Mono<Void> probe(Job job, ListedEntry entry) {
    Conversation conversation = job.conversation();
    return job.send(new OnPath(Verb.MDTM, entry.name()))
        .doOnNext(
            reply -> {
              Optional<Instant> modified =
                  reply.code() == 213
                      ? reply.find(line -> FileTime.parse(line.strip()))
                      : Optional.empty();
              Optional.ofNullable(entry.attributes().modified())
                  .flatMap(listed -> modified.flatMap(time -> ServerTime.offset(listed, time)))
                  .ifPresent(offset -> conversation.server.zone = offset);
            })
        .then();
  }

  /** From octets to entries, for one listing. */
  private static final class Reader {
    final ListingParser parser;
    private final LineSplitter splitter;

    Reader(Job job, @Nullable Dialect dialect) {
      Conversation conversation = job.conversation();
      ListingOptions options =
          ListingOptions.DEFAULT
              .withDialect(dialect)
              .withSystem(conversation.server.system)
              .withCharset(conversation.charset())
              .withUnparsed(conversation.options.listing().unparsed());
      parser =
          ListingParser.create(
              conversation.server.zone == null
                  ? options
                  : options.withZone(conversation.server.zone));
      splitter = new LineSplitter(conversation.options.limits().listingLineOctets());
    }

    List<ListedEntry> read(ByteBuf octets) {
      try {
        List<ListedEntry> entries = new ArrayList<>();
        for (Line line = splitter.next(octets); line != null; line = splitter.next(octets)) {
          add(line, entries);
        }
        return entries;
      } finally {
        octets.release();
      }
    }

    List<ListedEntry> end() {
      List<ListedEntry> entries = new ArrayList<>();
      Line last = splitter.last();
      if (last != null) {
        add(last, entries);
      }
      entries.addAll(parser.finish());
      return entries;
    }

    private void add(Line line, List<ListedEntry> entries) {
      entries.addAll(parser.accept(line));
    }
  }
}
