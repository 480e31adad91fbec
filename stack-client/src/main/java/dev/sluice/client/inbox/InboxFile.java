package dev.sluice.client.inbox;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.storage.FileContent;
import dev.sluice.client.transfer.CopyOptions;
import dev.sluice.client.transfer.Download;
import dev.sluice.client.transfer.LocalTransfers;
import dev.sluice.client.transfer.Progress;
import dev.sluice.client.transfer.Transfers;
import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A file that this consumer has claimed.
 *
 * @param files the tree it lies in
 * @param entry where it had arrived, and its attributes
 * @param place where it is while it is claimed: under another name, if claims are renames
 * @param attempt which one this is, from 1
 * @param again whether it is known that it may have been handled before: it was tried before, or an
 *     earlier run had claimed it by a rename
 */
public record InboxFile(
    FileOperations files, FileEntry entry, RemotePath place, int attempt, boolean again) {

  /** Where it had arrived. */
  public RemotePath path() {
    return entry.path();
  }

  /** The name under which it had arrived. */
  public String name() {
    return entry.name();
  }

  /**
   * Its octets, read anew with each subscription; each buffer belongs to the subscriber. Signals
   * {@link FileError#INTERRUPTED} if there are fewer than its size.
   */
  public Flux<ByteBuf> contents() {
    return Flux.defer(
        () -> {
          AtomicLong octets = new AtomicLong();
          Flux<ByteBuf> counted =
              FileContent.counted(files.read(place, ByteRange.all()), octets::addAndGet);
          return FileContent.ending(counted, Mono.defer(() -> whole(octets.get())));
        });
  }

  /** Downloads it to this machine; {@code target} has the name when it is complete. */
  public Flux<Progress> download(Path target) {
    return download(target, Download.replace());
  }

  /** Downloads it to this machine. */
  public Flux<Progress> download(Path target, Download how) {
    return LocalTransfers.download(files, place, target, how);
  }

  /** Copies it to another tree, or to another place of this one. */
  public Flux<Progress> copy(FileOperations to, RemotePath target, CopyOptions how) {
    return Transfers.copy(files, place, to, target, how);
  }

  private Mono<Void> whole(long octets) {
    long size = entry.size();
    return size == FileAttributes.UNKNOWN || octets >= size
        ? Mono.empty()
        : Mono.error(
            new FileFailure(
                FileError.INTERRUPTED,
                path(),
                "ended after " + octets + " of " + size + " octets"));
  }
}
