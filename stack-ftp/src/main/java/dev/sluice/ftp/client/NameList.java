package dev.sluice.ftp.client;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.io.Unvouched;
import dev.sluice.ftp.listing.LineSplitter;
import dev.sluice.ftp.wire.Line;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The entries in those lines of a listing that were not understood: NLST shows their names, and
 * SIZE, MDTM and CWD their kinds. A server without NLST yields none.
 */
final class NameList {
  /** Each name needs commands of its own. */
  private static final int MAX_NAMES = 1_000;

  private NameList() {}

  /** The entries of a directory on a server that lists no more than names. */
  static Flux<FileEntry> all(Job job, RemotePath directory) {
    return Folders.enter(job, directory)
        .then(Mono.defer(() -> names(job, new Unread())))
        .flatMapIterable(names -> names)
        .concatMap(name -> Facts.classify(job, directory.child(name)), 1);
  }

  static Flux<FileEntry> missing(Job job, RemotePath directory, Unread unread) {
    return Folders.enter(job, directory)
        .then(Mono.defer(() -> names(job, unread)))
        .onErrorReturn(FileFailure.class, List.of())
        .flatMapIterable(names -> names)
        .concatMap(name -> Facts.classify(job, directory.child(name)), 1);
  }

  private static Mono<List<String>> names(Job job, Unread unread) {
    return Mono.defer(
        () -> {
          List<String> names = new ArrayList<>();
          LineSplitter splitter =
              new LineSplitter(job.conversation().options.limits().listingLineOctets());
          return job.transfer(new OnPath(Verb.NLST, ""), TransferFormat.INITIAL, 0)
              .flatMapMany(transfer -> transfer.download())
              .onErrorResume(Unvouched.class, end -> Flux.empty())
              .doOnNext(octets -> read(job, octets, splitter, unread, names))
              .then(
                  Mono.fromSupplier(
                      () -> {
                        add(job, splitter.last(), unread, names);
                        return names;
                      }));
        });
  }

  private static void read(
      Job job, ByteBuf octets, LineSplitter splitter, Unread unread, List<String> names) {
    try {
      for (Line line = splitter.next(octets); line != null; line = splitter.next(octets)) {
        add(job, line, unread, names);
      }
    } finally {
      octets.release();
    }
  }

  private static void add(Job job, @Nullable Line line, Unread unread, List<String> names) {
    if (line != null && names.size() < MAX_NAMES) {
      name(job, line)
          .filter(name -> !unread.hasShown(name))
          .ifPresent(
              name -> {
                unread.seen(name);
                names.add(name);
              });
    }
  }

  /** Some servers list the names with the directory before them. */
  private static Optional<String> name(Job job, Line line) {
    if (line.truncated() || line.holdsNul()) {
      return Optional.empty();
    }
    String text = job.conversation().charset().decode(line.octets());
    String name = text.substring(text.lastIndexOf('/') + 1);
    return name.isBlank() || name.equals(".") || name.equals("..")
        ? Optional.empty()
        : Optional.of(name);
  }
}
