package dev.sluice.storage.local;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileKind;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.Space;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** One login's view of a {@link Jail}. */
final class LocalSession implements StorageSession {
  private final Jail jail;
  private final LinkTexts links;
  private final LocalAttributes attributes;
  private final Staging staging;
  private final Scheduler io;
  private final boolean fsync;
  private final Set<Capability> capabilities;
  private final Set<OpenFile> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  LocalSession(Jail jail, Scheduler io, boolean fsync, boolean posix) {
    this.jail = jail;
    this.links = new LinkTexts(jail);
    this.attributes = new LocalAttributes(links);
    this.staging = new Staging(jail);
    this.io = io;
    this.fsync = fsync;
    this.capabilities = Set.copyOf(capabilities(posix));
  }

  @Override
  public Mono<FileEntry> stat(RemotePath path) {
    return call(
        path,
        () -> {
          try (Place place = jail.follow(path)) {
            return new FileEntry(path, attributes.of(place, place.seen()));
          }
        });
  }

  @Override
  public Mono<FileEntry> lstat(RemotePath path) {
    return call(
        path,
        () -> {
          try (Place place = jail.find(path)) {
            return new FileEntry(path, attributes.of(place));
          }
        });
  }

  @Override
  public Flux<FileEntry> list(RemotePath directory) {
    return Flux.defer(
        () -> {
          checkOpen();
          return LocalListing.stream(jail, directory, attributes, io);
        });
  }

  @Override
  public Mono<FileHandle> open(RemotePath file, OpenMode mode) {
    return openLocal(file, mode).cast(FileHandle.class);
  }

  @Override
  public Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return write(file, mode, content, AttributeChange.none());
  }

  /** Until the file is written, users whom its permissions exclude cannot read it. */
  @Override
  public Mono<Void> write(
      RemotePath file,
      WriteMode mode,
      Publisher<? extends ByteBuf> content,
      AttributeChange attributes) {
    return Mono.usingWhen(
        openLocal(file, OpenMode.write(mode), attributes),
        handle -> new GatheringWrite(handle, content, io).then(Mono.defer(handle::attributesSet)),
        LocalFileHandle::close);
  }

  @Override
  public Mono<Void> createDirectory(RemotePath directory) {
    return change(directory, staging::directory);
  }

  @Override
  public Mono<Void> deleteFile(RemotePath file) {
    return change(
        file,
        place -> {
          if (place.attributes().isDirectory()) {
            throw new Refused(FileError.IS_A_DIRECTORY, "is a directory");
          }
          place.directory().deleteFile(place.name());
        });
  }

  @Override
  public Mono<Void> deleteDirectory(RemotePath directory) {
    return change(
        directory,
        place -> {
          if (!place.attributes().isDirectory()) {
            throw new NotDirectoryException(place.name().toString());
          }
          try {
            place.directory().deleteDirectory(place.name());
          } catch (DirectoryNotEmptyException e) {
            if (!Leftovers.removeAll(place)) {
              throw e;
            }
            place.directory().deleteDirectory(place.name());
          }
        });
  }

  @Override
  public Mono<Void> rename(RemotePath from, RemotePath to) {
    return moved(from, to, Renames::replacing);
  }

  @Override
  public Mono<Void> renameToFree(RemotePath from, RemotePath to) {
    return moved(from, to, Renames::toFree);
  }

  @Override
  public Mono<Void> setLinkAttributes(RemotePath link, AttributeChange change) {
    return call(
        link,
        () -> {
          try (Place place = jail.find(link)) {
            AttributeWriter.applyToLink(place, change);
          }
          return null;
        });
  }

  @Override
  public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    return call(
        path,
        () -> {
          try (Place place = jail.follow(path)) {
            AttributeWriter.apply(place, change);
          }
          return null;
        });
  }

  @Override
  public Mono<String> readLink(RemotePath link) {
    return call(
        link,
        () -> {
          try (Place place = jail.find(link)) {
            return links.shown(place);
          }
        });
  }

  @Override
  public Mono<Void> createSymbolicLink(RemotePath link, String target) {
    return change(
        link, place -> staging.symbolicLink(place, links.stored(place.directory(), target)));
  }

  @Override
  public Mono<Void> createHardLink(RemotePath link, RemotePath existing) {
    return change(
        link,
        place -> {
          try (Place source = jail.follow(existing)) {
            FileKind kind = LocalAttributes.kind(source.seen());
            if (kind != FileKind.FILE) {
              throw new Refused(FileError.NOT_A_FILE, "only files have several names");
            }
            staging.hardLink(place, source);
          }
        });
  }

  @Override
  public Mono<Checksum> checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    return Mono.usingWhen(
        openLocal(file, OpenMode.READ),
        handle -> LongCalls.checksum(handle, algorithm, range, io),
        LocalFileHandle::close);
  }

  @Override
  public Mono<Void> copy(RemotePath from, RemotePath to) {
    return Mono.usingWhen(
        openLocal(from, OpenMode.READ),
        source ->
            Mono.usingWhen(
                openLocal(to, OpenMode.write(WriteMode.replace())),
                target -> LongCalls.copy(source, target, io),
                LocalFileHandle::close),
        LocalFileHandle::close);
  }

  @Override
  public Mono<Space> space(RemotePath directory) {
    return call(
        directory,
        () -> {
          try (Directory found = jail.directory(directory)) {
            FileStore store = Files.getFileStore(found.path());
            return new Space(store.getTotalSpace(), store.getUsableSpace());
          }
        });
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public Mono<Void> close() {
    return BlockingCall.release(
        io,
        RemotePath.root(),
        () -> {
          closed = true;
          open.forEach(OpenFile::close);
          jail.close();
        });
  }

  private Mono<LocalFileHandle> openLocal(RemotePath path, OpenMode mode) {
    return openLocal(path, mode, AttributeChange.none());
  }

  private Mono<LocalFileHandle> openLocal(RemotePath path, OpenMode mode, AttributeChange last) {
    return new BlockingCall<>(
        io, path, () -> openNow(path, mode, last), handle -> handle.file().close(), () -> {});
  }

  private LocalFileHandle openNow(RemotePath path, OpenMode mode, AttributeChange last)
      throws IOException {
    checkOpen();
    // A link occupies the name of a new file, wherever it leads.
    boolean anew = mode.write() instanceof WriteMode.CreateNew;
    OpenFile file =
        LocalFiles.open(anew ? jail.find(path) : jail.follow(path), mode, last.permissions());
    try {
      file.onClose(() -> open.remove(file));
      open.add(file);
      checkOpen();
      return new LocalFileHandle(file, path, attributes, io, fsync, last);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private Mono<Void> moved(RemotePath from, RemotePath to, Move move) {
    return call(
        from,
        () -> {
          if (to.startsWith(from) && !to.equals(from)) {
            throw new Refused(FileError.INVALID_NAME, "cannot move into itself");
          }
          try (Place source = jail.find(from);
              Place target = jail.findBeside(source, from, to)) {
            move.make(source, target);
          }
          return null;
        });
  }

  /** Changes an entry of a directory; a link at the end of the path is not followed. */
  private Mono<Void> change(RemotePath path, Change change) {
    return call(
        path,
        () -> {
          try (Place place = jail.find(path)) {
            change.at(place);
          }
          return null;
        });
  }

  private <T> Mono<T> call(RemotePath path, Callable<@Nullable T> body) {
    return BlockingCall.of(
        io,
        path,
        () -> {
          checkOpen();
          return body.call();
        });
  }

  private void checkOpen() {
    if (closed) {
      throw new SessionClosed("this session with the storage is closed");
    }
  }

  private static Set<Capability> capabilities(boolean posix) {
    Set<Capability> all = EnumSet.allOf(Capability.class);
    all.remove(Capability.SET_CREATED);
    if (!posix) {
      all.remove(Capability.SET_PERMISSIONS);
      all.remove(Capability.SET_OWNER);
    }
    if (!LocalNames.rawNames()) {
      all.remove(Capability.RAW_NAMES);
    }
    return all;
  }

  private interface Change {
    void at(Place place) throws IOException;
  }

  private interface Move {
    void make(Place from, Place to) throws IOException;
  }
}
