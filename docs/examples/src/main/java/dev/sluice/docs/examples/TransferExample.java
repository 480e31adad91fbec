package dev.sluice.docs.examples;

import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileClient;
import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.client.transfer.Deletion;
import dev.sluice.client.transfer.Download;
import dev.sluice.client.transfer.LocalTransfers;
import dev.sluice.client.transfer.Mirror;
import dev.sluice.client.transfer.Progress;
import dev.sluice.client.transfer.TransferEvent;
import dev.sluice.client.transfer.Transfers;
import java.nio.file.Path;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Files from one server to another, whatever each of them speaks: one stream, nothing stored. */
public final class TransferExample {
  private TransferExample() {}

  /** Copies one file; tells how far it is, as often as it is asked. */
  public static Flux<Progress> copy(FileClient from, FileClient to, RemotePath file) {
    return between(
        from, to, (near, far) -> Transfers.copy(near, file, far, file, WriteMode.replace()));
  }

  /**
   * Makes a directory of the other server like this one: copies what is new or has changed, and
   * deletes what is gone, but no more than a hundred entries.
   */
  public static Flux<TransferEvent> mirror(FileClient from, FileClient to, RemotePath directory) {
    Mirror how =
        Mirror.oneWay()
            .exclude("*.tmp")
            .exclude("/cache/")
            .delete(Deletion.after().atMost(100))
            .parallel(4)
            .retries(3);
    return between(
        from,
        to,
        (near, far) -> Transfers.orFail(Transfers.mirror(near, directory, far, directory, how)));
  }

  /** Empties a directory into another one, and goes on after the program was killed meanwhile. */
  public static Flux<TransferEvent> move(
      FileOperations from, FileOperations to, RemotePath directory, Path journal) {
    Mirror how = Mirror.oneWay().journal(journal);
    return Transfers.orFail(Transfers.move(from, directory, to, directory, how));
  }

  /** Whether both hold the same, by digests computed at the servers where they can. */
  public static Mono<Boolean> isSame(FileClient one, FileClient two, RemotePath file) {
    return between(one, two, (near, far) -> Transfers.verify(near, file, far, file).flux()).next();
  }

  /** To the disk of this machine; goes on after an attempt that was cut, and ends with a digest. */
  public static Flux<Progress> download(FileClient client, RemotePath file, Path target) {
    return Flux.usingWhen(
        client.connect(),
        files ->
            LocalTransfers.download(
                files,
                file,
                target,
                Download.replace().resumable().checksum(ChecksumAlgorithm.SHA_256)),
        FileSession::close);
  }

  private interface Work<T> {
    Flux<T> on(FileSession near, FileSession far);
  }

  /** Both sessions are closed however the work ends. */
  private static <T> Flux<T> between(FileClient one, FileClient two, Work<T> work) {
    return Flux.usingWhen(
        one.connect(),
        near -> Flux.usingWhen(two.connect(), far -> work.on(near, far), FileSession::close),
        FileSession::close);
  }
}
