package dev.sluice.sftp.client;

import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.error.FileError;
import dev.sluice.api.error.FileFailure;
import dev.sluice.sftp.SftpOptions;
import dev.sluice.sftp.message.FileType;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.util.function.Tuple2;
import reactor.util.function.Tuples;

/** Writes files, in every {@link WriteMode}. */
final class Uploads {
  private static final int LONGEST_NAME = 200;

  private final Requests requests;
  private final Offer offer;
  private final Names names;
  private final Diagnosis diagnosis;
  private final TransferLimits limits;
  private final SftpOptions options;

  Uploads(Requests requests, Offer offer, Names names, TransferLimits limits, SftpOptions options) {
    this.requests = requests;
    this.offer = offer;
    this.names = names;
    this.diagnosis = new Diagnosis(requests);
    this.limits = limits;
    this.options = options;
  }

  Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    if (mode instanceof WriteMode.Append) {
      return append(file, content);
    }
    if (mode instanceof WriteMode.At at) {
      return at(file, at.offset(), content);
    }
    if (mode instanceof WriteMode.Replace replace) {
      return replace.atomic() ? replaceBy(file, writing(file, content)) : overwrite(file, content);
    }
    return create(file, writing(file, content))
        .onErrorResume(FileFailure.class, e -> diagnosis.creating(e, file));
  }

  private Mono<Void> overwrite(RemotePath file, Publisher<? extends ByteBuf> content) {
    return into(file, OpenHow.writing(Disposition.CREATE_TRUNCATE), 0, false, content)
        .onErrorResume(FileFailure.class, e -> diagnosis.writing(e, file));
  }

  /** With several requests under way their order would decide where they land. */
  private Mono<Void> append(RemotePath file, Publisher<? extends ByteBuf> content) {
    OpenHow how = OpenHow.writing(Disposition.OPEN_OR_CREATE).with(OpenHow.FLAG_APPEND);
    return into(file, how, 0, true, content)
        .onErrorResume(FileFailure.class, e -> diagnosis.writing(e, file));
  }

  private Mono<Void> at(RemotePath file, long offset, Publisher<? extends ByteBuf> content) {
    if (offset == 0) {
      return into(file, OpenHow.writing(Disposition.OPEN_OR_CREATE), 0, false, content)
          .onErrorResume(FileFailure.class, e -> diagnosis.writing(e, file));
    }
    Mono<Void> inside =
        requests
            .stat(file)
            .flatMap(
                there ->
                    there.size() == null || there.size() >= offset
                        ? Mono.empty()
                        : Mono.error(
                            new FileFailure(
                                FileError.OUT_OF_RANGE,
                                file,
                                "offset " + offset + " of " + there.size() + " octets")));
    return inside
        .then(into(file, OpenHow.writing(Disposition.OPEN_EXISTING), offset, false, content))
        .onErrorResume(FileFailure.class, e -> diagnosis.writing(e, file));
  }

  private Mono<Void> into(
      RemotePath file,
      OpenHow how,
      long offset,
      boolean single,
      Publisher<? extends ByteBuf> content) {
    return requests
        .open(file, how, SftpAttributes.NONE, late -> requests.link().close(late))
        .flatMap(
            handle ->
                WriteStream.of(
                    requests.link(),
                    new WriteStream.Target(handle, file, offset, single),
                    limits,
                    content));
  }

  /**
   * Fills a temporary file and gives it the name. When that is a symbolic link its target is what
   * is replaced.
   *
   * @param filling writes into the handle and gives it back, whatever happens
   */
  Mono<Void> replaceBy(RemotePath file, Function<SftpHandle, Mono<Void>> filling) {
    RemotePath part = temporary(file);
    return Mono.usingWhen(
            prepared(file, part),
            both -> replaceBy(file, part, both, filling),
            both -> Mono.empty(),
            (both, failure) -> discard(part),
            both -> discard(part))
        .onErrorResume(FileFailure.class, e -> diagnosis.writing(e, file));
  }

  /**
   * What is there, and a temporary file to take its place. Both are asked for at once, unless what
   * is there decides whether anything can be done.
   */
  private Mono<Tuple2<SftpAttributes, SftpHandle>> prepared(RemotePath file, RemotePath part) {
    Mono<SftpAttributes> found =
        requests.lstat(file).onErrorResume(FileFailure.class, Uploads::missing);
    return offer.replacesByRename()
        ? Mono.zip(found.materialize(), openNew(part))
            .flatMap(both -> unlessFailed(both.getT1(), both.getT2(), part))
        : found.flatMap(
            there ->
                refusal(file, there).then(openNew(part)).map(handle -> Tuples.of(there, handle)));
  }

  private Mono<Tuple2<SftpAttributes, SftpHandle>> unlessFailed(
      Signal<SftpAttributes> found, SftpHandle handle, RemotePath part) {
    SftpAttributes there = found.get();
    Throwable failure = found.getThrowable();
    return there != null
        ? Mono.just(Tuples.of(there, handle))
        : requests
            .close(handle, part)
            .then(discard(part))
            .then(Mono.error(failure == null ? new IllegalStateException("no answer") : failure));
  }

  private Mono<Void> replaceBy(
      RemotePath file,
      RemotePath part,
      Tuple2<SftpAttributes, SftpHandle> both,
      Function<SftpHandle, Mono<Void>> filling) {
    SftpAttributes there = both.getT1();
    SftpHandle handle = both.getT2();
    if (there.type() == FileType.SYMLINK) {
      return requests
          .close(handle, part)
          .then(discard(part))
          .then(Mono.defer(() -> names.canonical(file, Requests.text(file))))
          .map(RemotePath::of)
          .flatMap(target -> target.equals(file) ? unresolved(file) : replaceBy(target, filling));
    }
    if (Attributes.isDirectory(there)) {
      return requests.close(handle, part).then(refusal(file, there));
    }
    keepPermissions(handle, there.permissions());
    return filling.apply(handle).then(names.replacing(part, file));
  }

  private static Mono<Void> unresolved(RemotePath link) {
    return Mono.error(
        new FileFailure(
            FileError.UNSUPPORTED, link, "the server does not tell where this link leads"));
  }

  private static Mono<SftpAttributes> missing(FileFailure failure) {
    return failure.error() == FileError.NOT_FOUND
        ? Mono.just(SftpAttributes.NONE)
        : Mono.error(failure);
  }

  private Mono<Void> refusal(RemotePath file, SftpAttributes there) {
    if (Attributes.isDirectory(there)) {
      return Mono.error(
          new FileFailure(FileError.IS_A_DIRECTORY, file, "a file cannot replace it"));
    }
    if (!there.equals(SftpAttributes.NONE)
        && !offer.replacesByRename()
        && !options.removeThenRename()) {
      return Mono.error(
          new FileFailure(
              FileError.UNSUPPORTED,
              file,
              "the server has no rename that replaces; SftpOptions.removeThenRename allows a gap,"
                  + " WriteMode.Replace(false) writes into the file itself"));
    }
    return Mono.empty();
  }

  /** A file that was not there and that does not stay when it is not finished. */
  private Mono<Void> create(RemotePath file, Function<SftpHandle, Mono<Void>> filling) {
    return Mono.usingWhen(
        openNew(file),
        filling,
        handle -> Mono.empty(),
        (handle, failure) -> discard(file),
        handle -> discard(file));
  }

  private Mono<SftpHandle> openNew(RemotePath file) {
    return requests.open(
        file,
        OpenHow.writing(Disposition.CREATE_NEW),
        SftpAttributes.NONE,
        late -> {
          requests.link().close(late);
          discard(file).subscribe();
        });
  }

  /** Fills a new file from a source and gives its handle back. */
  private Function<SftpHandle, Mono<Void>> writing(
      RemotePath file, Publisher<? extends ByteBuf> content) {
    return handle ->
        WriteStream.of(
            requests.link(), new WriteStream.Target(handle, file, 0, false), limits, content);
  }

  private Mono<Void> discard(RemotePath path) {
    return requests.link().tidying(requests.remove(path).onErrorComplete());
  }

  /** As far as the server lets us; a file without them is better than none. */
  private void keepPermissions(SftpHandle handle, @Nullable Integer permissions) {
    if (permissions != null) {
      SftpAttributes wanted = SftpAttributes.NONE.withPermissions(permissions);
      SftpLink link = requests.link();
      link.run(
          () -> link.send(0, id -> new HandleRequest.Fsetstat(id, handle, wanted), Reply.IGNORED));
    }
  }

  private static RemotePath temporary(RemotePath file) {
    String name = file.name();
    String suffix = "." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part";
    return file.parent().child((name.length() <= LONGEST_NAME ? name : "file") + suffix);
  }
}
