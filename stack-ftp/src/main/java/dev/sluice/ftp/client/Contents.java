package dev.sluice.ftp.client;

import dev.sluice.api.AtomicRefusal;
import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileKind;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.ftp.FtpUploads;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.TransferType;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.io.Unvouched;
import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The contents of files: RETR, STOR, APPE, with REST for a part. */
final class Contents {
  private Contents() {}

  static Flux<ByteBuf> read(Job job, RemotePath file, ByteRange range) {
    OnPath command = new OnPath(Verb.RETR, file.toString());
    TransferFormat format = job.conversation().options.data().format();
    return job.check(command)
        .thenMany(
            Flux.defer(
                () ->
                    range.start() == 0
                        ? retrieve(job, command, format, range)
                        : restart(job, command, format, range, file)));
  }

  static Mono<Void> write(
      Job job,
      RemotePath file,
      WriteMode mode,
      Publisher<? extends ByteBuf> content,
      AttributeChange attributes) {
    return job.check(new OnPath(Verb.STOR, file.toString()))
        .then(
            Mono.defer(
                () -> {
                  Mono<Void> last = Attributes.with(job, file, attributes, file, Mono.empty());
                  if (mode instanceof WriteMode.Append) {
                    return store(job, Verb.APPE, file, 0, content).then(last);
                  }
                  if (mode instanceof WriteMode.At at) {
                    return storeAt(job, file, at.offset(), content).then(last);
                  }
                  if (mode instanceof WriteMode.Replace replace) {
                    return storeWhole(job, file, replace.atomic(), content, attributes);
                  }
                  boolean atomic = !(mode instanceof WriteMode.CreateNew anew) || anew.atomic();
                  return refuseExisting(job, file)
                      .then(Mono.defer(() -> storeWhole(job, file, atomic, content, attributes)));
                }));
  }

  private static Flux<ByteBuf> retrieve(
      Job job, OnPath command, TransferFormat format, ByteRange range) {
    RemotePath file = RemotePath.of(command.path());
    Flux<ByteBuf> octets =
        job.transfer(command, format, range.start())
            .flatMapMany(
                transfer ->
                    Octets.decode(
                        transfer
                            .download()
                            .onErrorResume(Unvouched.class, end -> ended(job, file, range, end)),
                        format,
                        job.conversation().options.limits().inflate()));
    if (range.isToEnd()) {
      return octets;
    }
    return range.length() == 0
        ? Entries.stat(job, file).thenMany(Flux.empty())
        : Octets.limit(octets, range.length());
  }

  /**
   * Where TYPE or MODE change the octets, the size of the file is not the number of octets sent.
   */
  private static Flux<ByteBuf> ended(Job job, RemotePath file, ByteRange range, Unvouched end) {
    return job.conversation().options.data().format().isPlain()
        ? Truncation.ofFile(job, file, range, end)
        : Truncation.ofListing(job, file, end);
  }

  /**
   * Servers answer unpredictably to an offset beyond the end, so the client asks for the size
   * first.
   */
  private static Flux<ByteBuf> restart(
      Job job, OnPath command, TransferFormat format, ByteRange range, RemotePath file) {
    if (format.type() == TransferType.ASCII) {
      return Flux.error(
          new FileFailure(FileError.UNSUPPORTED, file, "an offset has no meaning in TYPE A"));
    }
    return Facts.size(job, file)
        .defaultIfEmpty(Long.MAX_VALUE)
        .flatMapMany(
            size -> {
              if (size < range.start()) {
                return Flux.error(
                    new FileFailure(
                        FileError.OUT_OF_RANGE,
                        file,
                        "offset " + range.start() + " of " + size + " octets"));
              }
              return size == range.start() ? Flux.empty() : retrieve(job, command, format, range);
            });
  }

  private static Mono<Void> store(
      Job job, Verb verb, RemotePath file, long offset, Publisher<? extends ByteBuf> content) {
    TransferFormat format = job.conversation().options.data().format();
    return job.transfer(new OnPath(verb, file.toString()), format, offset)
        .flatMap(transfer -> transfer.upload(Octets.encode(content, format)));
  }

  private static Mono<Void> storeAt(
      Job job, RemotePath file, long offset, Publisher<? extends ByteBuf> content) {
    return Facts.size(job, file)
        .map(size -> size)
        .defaultIfEmpty(-1L)
        .flatMap(
            size -> {
              if (offset == 0 && size > 0) {
                return Mono.error(
                    new FileFailure(
                        FileError.UNSUPPORTED,
                        file,
                        "FTP cannot write over the start of a file and keep its end"));
              }
              if (size >= 0 && size < offset) {
                return Mono.error(
                    new FileFailure(
                        FileError.OUT_OF_RANGE, file, "offset " + offset + " of " + size));
              }
              Mono<Void> known =
                  size < 0 && offset > 0 ? Entries.stat(job, file).then() : Mono.empty();
              return known.then(Mono.defer(() -> store(job, Verb.STOR, file, offset, content)));
            });
  }

  private static Mono<Void> refuseExisting(Job job, RemotePath file) {
    return Entries.exists(job, file)
        .flatMap(
            exists ->
                exists
                    ? Mono.error(
                        new FileFailure(FileError.ALREADY_EXISTS, file, "the name is taken"))
                    : Mono.empty());
  }

  private static Mono<Void> storeWhole(
      Job job,
      RemotePath file,
      boolean atomic,
      Publisher<? extends ByteBuf> content,
      AttributeChange attributes) {
    return replaced(job, file)
        .defaultIfEmpty(FileAttributes.of(FileKind.FILE))
        .flatMap(
            before -> {
              if (before.isDirectory()) {
                return Mono.error(
                    new FileFailure(FileError.IS_A_DIRECTORY, file, "a file cannot replace it"));
              }
              FtpUploads uploads = job.conversation().options.uploads();
              if (!atomic || !uploads.atomic()) {
                return storeUndone(job, file, content)
                    .doOnSuccess(done -> job.undoWith(null))
                    .then(Attributes.with(job, file, attributes, file, Mono.empty()));
              }
              RemotePath part = uploads.temporaryName().of(file);
              boolean keeps = before.isFile() && attributes.permissions() == null;
              int mode = keeps ? before.permissions() : FileAttributes.UNKNOWN;
              return storeUndone(job, part, content)
                  .onErrorMap(
                      FileFailure.class, refused -> AtomicRefusal.ofName(file, part, refused))
                  .then(Mono.defer(() -> Naming.of(job, part, file, attributes, mode)));
            });
  }

  /** Removes a file that has not arrived whole. */
  private static Mono<Void> storeUndone(
      Job job, RemotePath target, Publisher<? extends ByteBuf> content) {
    job.undoWith(job.send(new OnPath(Verb.DELE, target.toString())).then());
    return store(job, Verb.STOR, target, 0, content);
  }

  /** The file that the new one replaces; empty = none, or one command cannot find out. */
  private static Mono<FileAttributes> replaced(Job job, RemotePath file) {
    return job.conversation().server.features.lists("MLST")
        ? Entries.stat(job, file)
            .map(FileEntry::attributes)
            .onErrorResume(FileFailure.class, missing -> Mono.empty())
        : Mono.empty();
  }
}
