package dev.sluice.sftp.client;

import dev.sluice.api.AtomicRefusal;
import dev.sluice.api.AttributeChange;
import dev.sluice.api.AttributesRefused;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.sftp.SftpUploads;
import dev.sluice.sftp.message.AttributeFlags;
import dev.sluice.sftp.message.FileType;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.OpenSshExtension;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.util.function.Tuple2;
import reactor.util.function.Tuples;

/** Writes files, in every {@link WriteMode}. */
final class Uploads {
  private static final int ALL_MAY = 0777;
  private static final int OWNER_WRITES = 0600;

  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private final Requests requests;
  private final Offer offer;
  private final Changes changes;
  private final Names names;
  private final Diagnosis diagnosis;
  private final TransferLimits limits;
  private final InPlaceUploads inPlace;
  private final SftpUploads options;

  /**
   * Whether the server has let us look at a name. In a folder that is write-only, a temporary file
   * could be neither renamed nor removed, so the first upload looks before it makes one.
   */
  private volatile boolean mayLook;

  Uploads(
      Requests requests,
      Offer offer,
      Changes changes,
      Names names,
      TransferLimits limits,
      SftpUploads options) {
    this.requests = requests;
    this.offer = offer;
    this.changes = changes;
    this.names = names;
    this.diagnosis = new Diagnosis(requests);
    this.limits = limits;
    this.inPlace = new InPlaceUploads(requests, offer, limits);
    this.options = options;
  }

  Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return Mono.defer(
        () ->
            write(
                file,
                mode,
                new Filling(content, SftpAttributes.NONE, ending(SftpAttributes.NONE))));
  }

  /**
   * Sets the attributes through the open handle, and those that cannot be set this way by the path.
   */
  Mono<Void> write(
      RemotePath file,
      WriteMode mode,
      Publisher<? extends ByteBuf> content,
      AttributeChange attributes) {
    if (attributes.equals(AttributeChange.none())) {
      return write(file, mode, content);
    }
    return Mono.defer(
        () -> {
          changes.check(file, attributes);
          boolean atOnce = changes.suitsNewFile(attributes);
          Ending ending =
              ending(atOnce ? changes.ofNewFile(file, attributes) : SftpAttributes.NONE);
          return write(file, mode, new Filling(content, permissions(attributes), ending))
              .then(
                  Mono.defer(
                      () ->
                          atOnce && !ending.refused()
                              ? Mono.empty()
                              : changes
                                  .set(file, attributes)
                                  .onErrorMap(
                                      FileFailure.class, why -> new AttributesRefused(file, why))));
        });
  }

  /**
   * A file is created with no more permissions than it ends with: a user who may not read it never
   * can.
   */
  private SftpAttributes permissions(AttributeChange attributes) {
    Integer wanted = attributes.permissions();
    return wanted == null || !offer.keeps(AttributeFlags.PERMISSIONS)
        ? SftpAttributes.NONE
        : SftpAttributes.NONE.withPermissions(wanted & ALL_MAY | OWNER_WRITES);
  }

  private Ending ending(SftpAttributes attributes) {
    return new Ending(attributes, options.synced() && offer.has(OpenSshExtension.Fsync.NAME));
  }

  private Mono<Void> write(RemotePath file, WriteMode mode, Filling filling) {
    if (mode instanceof WriteMode.Append) {
      return inPlace.append(file, filling);
    }
    if (mode instanceof WriteMode.At at) {
      return inPlace.at(file, at.offset(), filling);
    }
    if (mode instanceof WriteMode.Replace replace) {
      return replace.atomic()
          ? replaceBy(file, filling.begin(), writing(file, filling))
          : inPlace.overwrite(file, filling);
    }
    boolean atomic = mode instanceof WriteMode.CreateNew create && create.atomic();
    Mono<Void> created =
        atomic
            ? createBy(file, filling.begin(), writing(file, filling))
            : create(file, filling.begin(), writing(file, filling));
    return created.onErrorResume(FileFailure.class, e -> diagnosis.creating(e, file));
  }

  /**
   * Fills a temporary file and gives it the name. If the name is a symbolic link, its target is
   * replaced.
   *
   * @param begin what the file is created with; NONE = with the permissions of the one it replaces
   * @param filling writes into the handle and gives it back, whatever happens
   */
  Mono<Void> replaceBy(
      RemotePath file, SftpAttributes begin, Function<SftpHandle, Mono<Void>> filling) {
    return replaceBy(file, MOST_LINKS, begin, filling);
  }

  /**
   * As above.
   *
   * @param links how many may follow each other
   */
  private Mono<Void> replaceBy(
      RemotePath file, int links, SftpAttributes begin, Function<SftpHandle, Mono<Void>> filling) {
    RemotePath part = options.temporaryName().of(file);
    return Mono.usingWhen(
            prepared(file, part, begin),
            both -> replaceBy(file, links, new Temporary(part, begin), both, filling),
            both -> Mono.empty(),
            (both, failure) -> discard(part),
            both -> discard(part))
        .onErrorResume(FileFailure.class, e -> diagnosis.writing(e, file))
        .onErrorMap(FileFailure.class, e -> AtomicRefusal.ofName(file, part, e));
  }

  /**
   * What is there, and a temporary file to take its place. Both are requested at once, unless the
   * upload depends on what is there.
   */
  private Mono<Tuple2<SftpAttributes, SftpHandle>> prepared(
      RemotePath file, RemotePath part, SftpAttributes begin) {
    return offer.replacesByRename() && mayLook
        ? besides(file, part, begin)
        : found(file)
            .doOnNext(there -> mayLook = true)
            .flatMap(
                there ->
                    refusal(file, there)
                        .then(openNew(part, begin))
                        .map(handle -> Tuples.of(there, handle)));
  }

  private Mono<Tuple2<SftpAttributes, SftpHandle>> besides(
      RemotePath file, RemotePath part, SftpAttributes begin) {
    return Mono.zip(found(file).materialize(), openNew(part, begin))
        .flatMap(both -> unlessFailed(both.getT1(), both.getT2(), part));
  }

  /** What is there; {@code NONE} if there is nothing. */
  private Mono<SftpAttributes> found(RemotePath file) {
    return requests.lstat(file).onErrorResume(FileFailure.class, Uploads::missing);
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

  /** A file until it takes its name, and what it is created with. */
  private record Temporary(RemotePath part, SftpAttributes begin) {}

  private Mono<Void> replaceBy(
      RemotePath file,
      int links,
      Temporary temporary,
      Tuple2<SftpAttributes, SftpHandle> both,
      Function<SftpHandle, Mono<Void>> filling) {
    RemotePath part = temporary.part;
    SftpAttributes there = both.getT1();
    SftpHandle handle = both.getT2();
    if (there.type() == FileType.SYMLINK) {
      return requests
          .close(handle, part)
          .then(discard(part))
          .then(Mono.defer(() -> names.target(file)))
          .flatMap(
              target ->
                  links == 0
                      ? endless(file)
                      : replaceBy(target, links - 1, temporary.begin, filling));
    }
    if (Attributes.isDirectory(there)) {
      return requests.close(handle, part).then(refusal(file, there));
    }
    if (temporary.begin.equals(SftpAttributes.NONE)) {
      keepPermissions(handle, there.permissions());
    }
    return filling
        .apply(handle)
        .then(
            Mono.defer(() -> names.replacing(part, file))
                .onErrorMap(FileFailure.class, refused -> AtomicRefusal.ofRename(file, refused)));
  }

  private static Mono<Void> endless(RemotePath link) {
    return Mono.error(
        new FileFailure(FileError.LINK_LOOP, link, "more than " + MOST_LINKS + " links lead on"));
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
              "the server has no rename that replaces; SftpUploads.withRemoveThenRename allows a"
                  + " gap"));
    }
    return Mono.empty();
  }

  /**
   * Fills a temporary file and gives it the name if that is still free, so that a connection that
   * breaks leaves no part of a file under it. Costs one request more than {@link #create}.
   */
  private Mono<Void> createBy(
      RemotePath file, SftpAttributes begin, Function<SftpHandle, Mono<Void>> filling) {
    RemotePath part = options.temporaryName().of(file);
    return Mono.usingWhen(
        besides(file, part, begin),
        both ->
            both.getT1().equals(SftpAttributes.NONE)
                ? filling.apply(both.getT2()).then(Mono.defer(() -> names.naming(part, file)))
                : requests.close(both.getT2(), part).then(taken(file)),
        both -> Mono.empty(),
        (both, failure) -> discard(part),
        both -> discard(part));
  }

  private static Mono<Void> taken(RemotePath file) {
    return Mono.error(new FileFailure(FileError.ALREADY_EXISTS, file, "the name is taken"));
  }

  /** Creates a file that did not exist, and removes it if it is not finished. */
  private Mono<Void> create(
      RemotePath file, SftpAttributes begin, Function<SftpHandle, Mono<Void>> filling) {
    return Mono.usingWhen(
        openNew(file, begin),
        filling,
        handle -> Mono.empty(),
        (handle, failure) -> discard(file),
        handle -> discard(file));
  }

  private Mono<SftpHandle> openNew(RemotePath file, SftpAttributes begin) {
    return requests.open(
        file,
        OpenHow.writing(Disposition.CREATE_NEW),
        begin,
        late -> {
          requests.link().close(late);
          discard(file).subscribe(); // never fails, and ends with the deadline of a request
        });
  }

  /** Fills a new file from a source and gives its handle back. */
  private Function<SftpHandle, Mono<Void>> writing(RemotePath file, Filling filling) {
    return handle ->
        WriteStream.of(
            requests.link(),
            new WriteStream.Target(handle, file, 0, false, filling.ending()),
            limits,
            filling.content());
  }

  private Mono<Void> discard(RemotePath path) {
    Mono<Void> removal =
        requests
            .remove(path)
            .doOnError(why -> LOG.debug("a part of an upload stays: {}", why.getMessage()));
    return requests.link().tidying(removal.onErrorComplete());
  }

  /**
   * Keeps the permissions as far as the server allows, before anybody could read what they may not.
   * A file without them is better than none. Set-uid, set-gid and sticky are not kept: they were
   * meant for the earlier content.
   */
  private void keepPermissions(SftpHandle handle, @Nullable Integer permissions) {
    if (permissions != null && offer.keeps(AttributeFlags.PERMISSIONS)) {
      SftpAttributes wanted = SftpAttributes.NONE.withPermissions(permissions & ALL_MAY);
      SftpLink link = requests.link();
      link.run(
          () -> link.send(0, id -> new HandleRequest.Fsetstat(id, handle, wanted), Reply.IGNORED));
    }
  }
}
