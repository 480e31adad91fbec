package dev.sluice.api;

import io.netty.buffer.ByteBuf;
import java.util.Set;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The file verbs that every protocol and every storage understands.
 *
 * <p>Every publisher is cold: nothing happens before subscription. Failures are signalled as {@link
 * dev.sluice.api.TransferException}; a refusal about a file is a {@link FileFailure}. Verbs that
 * need a {@link Capability} signal {@link FileError#UNSUPPORTED} if it is absent.
 */
public interface FileOperations {

  /** The entry at {@code path}; symbolic links are followed. */
  Mono<FileEntry> stat(RemotePath path);

  /** The entry at {@code path}; a symbolic link is not followed. */
  default Mono<FileEntry> lstat(RemotePath path) {
    return stat(path);
  }

  /**
   * The entries of a directory, in no particular order, without the directory itself and its
   * parent. Streamed: the demand of the subscriber bounds what is held in memory. If part of the
   * listing is not understood, {@link dev.sluice.api.IncompleteListing} is signalled after the last
   * entry.
   */
  Flux<FileEntry> list(RemotePath directory);

  /**
   * The octets of a file. Each buffer belongs to the subscriber. A range that starts at the end of
   * the file is empty; one that starts beyond it signals {@link FileError#OUT_OF_RANGE}.
   */
  Flux<ByteBuf> read(RemotePath file, ByteRange range);

  /**
   * Writes a file and completes when it is written and closed. Takes ownership of the buffers,
   * whatever happens. If {@code content} fails or the subscriber cancels, no partial file is left
   * under the name of a file that {@link WriteMode.Replace} or {@link WriteMode.CreateNew} would
   * have made.
   */
  Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content);

  /**
   * As {@link #write(RemotePath, WriteMode, Publisher)}, and sets attributes of the file: before it
   * gets its name if the tree can do that, otherwise after it is written. If the tree refuses them,
   * the file is still complete under its name, and {@link AttributesRefused} is signalled.
   */
  default Mono<Void> write(
      RemotePath file,
      WriteMode mode,
      Publisher<? extends ByteBuf> content,
      AttributeChange attributes) {
    Mono<Void> written = write(file, mode, content);
    return attributes.equals(AttributeChange.none())
        ? written
        : written.then(
            Mono.defer(() -> setAttributes(file, attributes))
                .onErrorMap(FileFailure.class, why -> new AttributesRefused(file, why)));
  }

  /** Whether something has this name; a symbolic link has, even one that leads nowhere. */
  default Mono<Boolean> exists(RemotePath path) {
    return Trees.exists(this, path);
  }

  /** Creates one directory; its parent must exist. */
  Mono<Void> createDirectory(RemotePath directory);

  /**
   * Creates a directory and those above it that are missing. If it is there already, also by way of
   * a symbolic link, nothing happens; a file in its place signals {@link
   * FileError#NOT_A_DIRECTORY}.
   */
  default Mono<Void> createDirectories(RemotePath directory) {
    return Trees.createDirectories(this, directory);
  }

  /**
   * What is in a directory and below it, each directory before its content. Symbolic links are
   * entries and are not followed. A directory's listing is complete before its first entry is
   * emitted, so every verb may be used for each entry, over every protocol. A listing that was not
   * fully understood signals {@link IncompleteListing} after everything else.
   */
  default Flux<FileEntry> walk(RemotePath directory, WalkOptions options) {
    return Trees.walk(this, directory, options);
  }

  /** The directory that relative names start from; the root of a storage. */
  default Mono<RemotePath> home() {
    return Mono.just(RemotePath.root());
  }

  /** Removes a file or a symbolic link. */
  Mono<Void> deleteFile(RemotePath file);

  /** Removes an empty directory. */
  Mono<Void> deleteDirectory(RemotePath directory);

  /** Gives a file or directory another name; an existing file at {@code to} is replaced. */
  Mono<Void> rename(RemotePath from, RemotePath to);

  /** Sets all the given attributes, or signals why not. */
  Mono<Void> setAttributes(RemotePath path, AttributeChange change);

  /** Where a symbolic link points, as stored ({@link Capability#SYMBOLIC_LINKS}). */
  default Mono<String> readLink(RemotePath link) {
    return unsupported("readLink", link);
  }

  /** Makes {@code link} point to {@code target} ({@link Capability#SYMBOLIC_LINKS}). */
  default Mono<Void> createSymbolicLink(RemotePath link, String target) {
    return unsupported("createSymbolicLink", link);
  }

  /** Gives {@code existing} a second name ({@link Capability#HARD_LINKS}). */
  default Mono<Void> createHardLink(RemotePath link, RemotePath existing) {
    return unsupported("createHardLink", link);
  }

  /** The digest of a run of octets ({@link Capability#CHECKSUM}). */
  default Mono<Checksum> checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    return unsupported("checksum", file);
  }

  /** Copies a file inside the tree ({@link Capability#COPY}); replaces like a rename. */
  default Mono<Void> copy(RemotePath from, RemotePath to) {
    return unsupported("copy", from);
  }

  /** Space on the file system of {@code directory} ({@link Capability#SPACE}). */
  default Mono<Space> space(RemotePath directory) {
    return unsupported("space", directory);
  }

  /** What this tree can do beyond the plain verbs. Immutable. */
  Set<Capability> capabilities();

  /** Ends the use of this tree; completes when everything is released. Idempotent. */
  Mono<Void> close();

  private static <T> Mono<T> unsupported(String verb, RemotePath path) {
    return Mono.error(() -> new FileFailure(FileError.UNSUPPORTED, path, verb + " is not offered"));
  }
}
