package dev.sluice.client.transfer;

import dev.sluice.api.ByteRange;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileOperations;
import dev.sluice.api.IoScheduler;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.local.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Moves single files between this machine's disk and any tree. What {@link Transfers} says holds
 * here too; trees of files are mirrored there, with {@link LocalStorage} as one side.
 */
public final class LocalTransfers {
  private static final Identity OURSELVES = Identity.of("local");

  private LocalTransfers() {}

  /**
   * Downloads a file. Where {@code target} is a link, what it points to is written.
   *
   * @param target its directory must be there
   */
  public static Flux<Progress> download(
      FileOperations files, RemotePath file, Path target, Download how) {
    return onDisk(
        target,
        (disk, name) ->
            reported(
                copy(files, file, disk, name, how.copy(), how.resumed()),
                disk,
                name,
                how.digest()));
  }

  /** Uploads a file. Where {@code source} is a link, what it points to is read. */
  public static Flux<Progress> upload(
      Path source, FileOperations files, RemotePath file, Upload how) {
    return onDisk(
        source,
        (disk, name) ->
            reported(
                copy(disk, name, files, file, how.copy(), how.resumed()),
                disk,
                name,
                how.digest()));
  }

  private static Flux<Progress> copy(
      FileOperations from,
      RemotePath source,
      FileOperations to,
      RemotePath target,
      CopyOptions options,
      boolean resumed) {
    return resumed
        ? Transfers.resume(from, source, to, target, options)
        : Transfers.copy(from, source, to, target, options);
  }

  /** The local copy is the one whose digest costs no transfer. */
  private static Flux<Progress> reported(
      Flux<Progress> progress,
      FileOperations disk,
      RemotePath name,
      @Nullable ChecksumAlgorithm algorithm) {
    if (algorithm == null) {
      return progress;
    }
    return progress.concatMap(
        record ->
            record.outcome() == Progress.Outcome.RUNNING
                ? Mono.just(record)
                : disk.checksum(name, algorithm, ByteRange.all()).map(record::withChecksum));
  }

  private static Flux<Progress> onDisk(Path file, Work work) {
    return Mono.fromCallable(() -> resolved(file))
        .subscribeOn(IoScheduler.shared())
        .flatMapMany(
            real ->
                Flux.usingWhen(
                    LocalStorage.at(real.directory()).open(OURSELVES),
                    disk -> work.on(disk, RemotePath.root().resolve(real.name())),
                    StorageSession::close));
  }

  /** A file by its directory, links resolved. */
  private record Place(Path directory, String name) {}

  private static Place resolved(Path file) throws IOException {
    Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path directory = real.getParent();
    Path name = real.getFileName();
    if (directory == null || name == null) {
      throw new NoSuchFileException(file.toString(), null, "is no file");
    }
    return new Place(directory.toRealPath(), name.toString());
  }

  private interface Work {
    Flux<Progress> on(StorageSession disk, RemotePath name);
  }
}
