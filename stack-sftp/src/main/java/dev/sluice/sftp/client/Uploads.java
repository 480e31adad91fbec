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
    return create(new NewFile(file, null), writing(file, content), Mono.empty())
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
    return requests
        .lstat(file)
        .onErrorResume(FileFailure.class, Uploads::missing)
        .flatMap(
            there -> {
              if (there.type() == FileType.SYMLINK) {
                return names
                    .canonical(file, Requests.text(file))
                    .flatMap(target -> replaceBy(RemotePath.of(target), filling));
              }
              return refusal(file, there).then(Mono.defer(() -> beside(file, there, filling)));
            });
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

  private Mono<Void> beside(
      RemotePath file, SftpAttributes there, Function<SftpHandle, Mono<Void>> filling) {
    RemotePath part = temporary(file);
    return create(new NewFile(part, there.permissions()), filling, names.replacing(part, file))
        .onErrorResume(FileFailure.class, e -> diagnosis.writing(e, file));
  }

  /**
   * A file that must not be there yet, and that does not stay when it is not finished.
   *
   * @param permissions that it gets; null = the server's choice
   */
  private record NewFile(RemotePath path, @Nullable Integer permissions) {}

  private Mono<Void> create(
      NewFile file, Function<SftpHandle, Mono<Void>> filling, Mono<Void> whenFilled) {
    return Mono.usingWhen(
        requests.open(
            file.path,
            OpenHow.writing(Disposition.CREATE_NEW),
            SftpAttributes.NONE,
            late -> {
              requests.link().close(late);
              discard(file.path).subscribe();
            }),
        handle -> {
          keepPermissions(handle, file.permissions);
          return filling.apply(handle).then(whenFilled);
        },
        handle -> Mono.empty(),
        (handle, failure) -> discard(file.path),
        handle -> discard(file.path));
  }

  /** Fills a new file from a source and gives its handle back. */
  private Function<SftpHandle, Mono<Void>> writing(
      RemotePath file, Publisher<? extends ByteBuf> content) {
    return handle ->
        WriteStream.of(
            requests.link(), new WriteStream.Target(handle, file, 0, false), limits, content);
  }

  private Mono<Void> discard(RemotePath path) {
    return requests.remove(path).onErrorComplete();
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
