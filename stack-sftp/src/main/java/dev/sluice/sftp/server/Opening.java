package dev.sluice.sftp.server;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileKind;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.sftp.SftpServerUploads;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.PathRequest.Open;
import dev.sluice.sftp.message.StatusCode;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How an OPEN (draft-ietf-secsh-filexfer-02 section 6.3, -13 section 8.1.1) is carried out.
 *
 * @param atomic whether a file appears under its name only after it is closed
 * @param permissions of a file that this creates
 */
record Opening(
    StorageSession files, RemotePath path, OpenHow how, boolean atomic, int permissions) {
  private static final int GRANTED =
      OpenHow.READ_DATA
          | OpenHow.WRITE_DATA
          | OpenHow.APPEND_DATA
          | OpenHow.READ_ATTRIBUTES
          | OpenHow.WRITE_ATTRIBUTES
          | OpenHow.DELETE
          | OpenHow.SYNCHRONIZE
          | 0x20000 // READ_ACL
          | 0x80000; // WRITE_OWNER
  private static final int LOCKS =
      OpenHow.FLAG_BLOCK_READ | OpenHow.FLAG_BLOCK_WRITE | OpenHow.FLAG_BLOCK_DELETE;
  private static final int DEFAULT_PERMISSIONS = 0666;
  private static final int SETTABLE = 0777;

  /** What the client requests, or a refusal of what cannot be granted. */
  static Opening of(Open open, Session session) {
    OpenHow how = session.version() == SftpVersion.V3 ? open.how().asBinary() : open.how();
    if (how.disposition() == Disposition.UNKNOWN) {
      throw new Refusal(StatusCode.INVALID_PARAMETER);
    }
    if ((how.access() & ~GRANTED) != 0) {
      throw new Refusal(StatusCode.PERMISSION_DENIED);
    }
    if (how.has(LOCKS)) {
      throw new Refusal(StatusCode.OP_UNSUPPORTED);
    }
    SftpServerUploads uploads = session.options().uploads();
    Integer asked = open.attributes().permissions();
    int mode = asked == null ? DEFAULT_PERMISSIONS : asked;
    boolean masked = asked == null || session.version() != SftpVersion.V6;
    return new Opening(
        session.files(),
        session.resolve(open.path()),
        how,
        uploads.atomic(),
        mode & SETTABLE & (masked ? ~uploads.umask() : -1));
  }

  Mono<OpenFile> open() {
    return checked().then(Mono.defer(this::opened)).map(this::file);
  }

  private Mono<?> checked() {
    Mono<?> link =
        how.has(OpenHow.FLAG_NOFOLLOW)
            ? files.lstat(path).doOnNext(Opening::refuseLink).onErrorResume(this::unlessMustExist)
            : Mono.empty();
    return mustExist() && changes() ? link.then(files.stat(path)) : link;
  }

  private Mono<FileHandle> opened() {
    WriteMode mode = mode();
    if (mode == null) {
      return files.open(path, OpenMode.READ);
    }
    if (!how.appends()) {
      return files.open(path, openMode(how.reads(), mode));
    }
    Mono<FileHandle> appending = files.open(path, openMode(how.reads(), WriteMode.append()));
    boolean anew = mode instanceof WriteMode.CreateNew || mode instanceof WriteMode.Replace;
    return anew
        ? files.open(path, openMode(false, mode)).flatMap(FileHandle::close).then(appending)
        : appending;
  }

  private OpenMode openMode(boolean read, WriteMode mode) {
    return new OpenMode(read, mode, permissions);
  }

  /** Null = the file is only read. */
  private @Nullable WriteMode mode() {
    boolean aside = atomic && !how.appends();
    return switch (how.disposition()) {
      case CREATE_NEW -> new WriteMode.CreateNew(aside);
      case CREATE_TRUNCATE, TRUNCATE_EXISTING -> new WriteMode.Replace(aside);
      case OPEN_OR_CREATE -> WriteMode.at(0);
      case OPEN_EXISTING, UNKNOWN -> how.writes() ? WriteMode.at(0) : null;
    };
  }

  private boolean changes() {
    return mode() != null;
  }

  private boolean mustExist() {
    return how.disposition() == Disposition.OPEN_EXISTING
        || how.disposition() == Disposition.TRUNCATE_EXISTING;
  }

  private OpenFile file(FileHandle handle) {
    WriteMode mode = mode();
    boolean aside =
        mode instanceof WriteMode.CreateNew created && created.atomic()
            || mode instanceof WriteMode.Replace replaced && replaced.atomic();
    return new OpenFile(files, handle, path, how, aside);
  }

  private static void refuseLink(FileEntry entry) {
    if (entry.kind() == FileKind.SYMBOLIC_LINK) {
      throw new Refusal(StatusCode.LINK_LOOP);
    }
  }

  private Mono<FileEntry> unlessMustExist(Throwable failure) {
    return failure instanceof Refusal || mustExist() ? Mono.error(failure) : Mono.empty();
  }
}
