package dev.sluice.client.blocking;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.RemotePath;
import dev.sluice.api.Space;
import dev.sluice.api.TimedOut;
import dev.sluice.api.WalkOptions;
import dev.sluice.api.WriteMode;
import dev.sluice.client.transfer.Download;
import dev.sluice.client.transfer.LocalTransfers;
import dev.sluice.client.transfer.Progress;
import dev.sluice.client.transfer.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The files of a session, or of a pool, for threads that may wait; see {@link BlockingClient} for
 * errors and interrupts. Safe for several threads; how much happens at a time is up to the session.
 */
public final class BlockingSession implements AutoCloseable {
  /** For waits whose steps have deadlines of their own. */
  private static final Duration BY_STEPS = Duration.ofDays(365);

  private final FileOperations files;
  private final BlockingOptions options;

  private BlockingSession(FileOperations files, BlockingOptions options) {
    this.files = files;
    this.options = options;
  }

  /** Over a session or a pool, which is closed with it. */
  public static BlockingSession of(FileOperations files, BlockingOptions options) {
    return new BlockingSession(files, options);
  }

  /** What does the work. */
  public FileOperations files() {
    return files;
  }

  /** See {@link FileOperations#capabilities}. */
  public Set<Capability> capabilities() {
    return files.capabilities();
  }

  /** See {@link FileOperations#stat}. */
  public FileEntry stat(RemotePath path) throws IOException {
    return value(path, files.stat(path), "the attributes of " + path);
  }

  /** See {@link FileOperations#lstat}. */
  public FileEntry lstat(RemotePath path) throws IOException {
    return value(path, files.lstat(path), "the attributes of " + path);
  }

  /** The entries of a directory, all of them in memory; {@link #walk} holds one directory too. */
  public List<FileEntry> list(RemotePath directory) throws IOException {
    return value(directory, files.list(directory).collectList(), "the list of " + directory);
  }

  /**
   * What is below a directory, as {@link FileOperations#walk}; verbs may be used meanwhile. To be
   * closed. A failure is an {@link java.io.UncheckedIOException} of the stream.
   */
  public Stream<FileEntry> walk(RemotePath directory, WalkOptions how) {
    return EntryStream.of(files.walk(directory, how), "the list of " + directory, options.verb());
  }

  /** Whether something has this name. */
  public boolean exists(RemotePath path) throws IOException {
    return value(path, files.exists(path), "the attributes of " + path);
  }

  /** The content of a file, read a little ahead. To be closed. */
  public InputStream newInputStream(RemotePath file) {
    return newInputStream(file, ByteRange.all());
  }

  /** As {@link #newInputStream(RemotePath)}, a part of it. */
  public InputStream newInputStream(RemotePath file, ByteRange range) {
    return RemoteInput.of(
        files.read(file, range).onErrorMap(why -> about(file, why)),
        file.toString(),
        options.stall());
  }

  /**
   * All octets of a file.
   *
   * @param most octets; a larger file is an error
   */
  public byte[] readAllBytes(RemotePath file, int most) throws IOException {
    try (InputStream in = newInputStream(file)) {
      byte[] octets = in.readNBytes(most);
      if (in.read() >= 0) {
        throw IoErrors.of(new LimitExceeded(file + " has more than " + most + " octets"));
      }
      return octets;
    }
  }

  /** Replaces a file; see {@link #newOutputStream(RemotePath, WriteMode)}. */
  public RemoteOutput newOutputStream(RemotePath file) {
    return newOutputStream(file, WriteMode.replace());
  }

  /**
   * Writes a file; closing the stream commits. In a {@code try} that fails halfway this commits,
   * too: call {@link RemoteOutput#abandon} before, or use {@link #write}.
   */
  public RemoteOutput newOutputStream(RemotePath file, WriteMode mode) {
    Waiting.requireMayWait();
    return RemoteOutput.of(
        content -> files.write(file, mode, content).onErrorMap(why -> about(file, why)),
        file.toString(),
        options);
  }

  /** Writes what {@code source} writes; if that throws, no file is left under the final name. */
  public void write(RemotePath file, WriteMode mode, Source source) throws IOException {
    RemoteOutput out = newOutputStream(file, mode);
    try {
      source.writeTo(out);
    } catch (IOException | RuntimeException | Error e) {
      out.abandon();
      throw e;
    }
    out.close();
  }

  /** Writes these octets. */
  public void write(RemotePath file, WriteMode mode, byte[] octets) throws IOException {
    write(file, mode, out -> out.write(octets));
  }

  /** Writes a content. */
  @FunctionalInterface
  public interface Source {
    /** Must not close {@code out}. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * A file as a channel: of {@link java.nio.file.StandardOpenOption}, all but SPARSE and
   * DELETE_ON_CLOSE. It reads ahead from its position. It sends what is written in one run from
   * front to back; each change of the position starts another.
   */
  public SeekableByteChannel newByteChannel(RemotePath file, Set<? extends OpenOption> how)
      throws IOException {
    Waiting.requireMayWait();
    return RemoteChannel.open(this, file, how);
  }

  /** Downloads a file; it takes its name when it is complete. */
  public Progress download(RemotePath file, Path target) throws IOException {
    return download(file, target, Download.replace());
  }

  /** Downloads a file. */
  public Progress download(RemotePath file, Path target, Download how) throws IOException {
    return last(LocalTransfers.download(files, file, target, how), "the download of " + file);
  }

  /** Uploads a file; it takes its name when it is complete. */
  public Progress upload(Path source, RemotePath file) throws IOException {
    return upload(source, file, Upload.replace());
  }

  /** Uploads a file. */
  public Progress upload(Path source, RemotePath file, Upload how) throws IOException {
    return last(LocalTransfers.upload(source, files, file, how), "the upload of " + file);
  }

  /** See {@link FileOperations#createDirectory}. */
  public void createDirectory(RemotePath directory) throws IOException {
    done(directory, files.createDirectory(directory), "the directory " + directory);
  }

  /** See {@link FileOperations#createDirectories}. */
  public void createDirectories(RemotePath directory) throws IOException {
    done(directory, files.createDirectories(directory), "the directory " + directory);
  }

  /** See {@link FileOperations#deleteFile}. */
  public void deleteFile(RemotePath file) throws IOException {
    done(file, files.deleteFile(file), "the removal of " + file);
  }

  /** See {@link FileOperations#deleteDirectory}. */
  public void deleteDirectory(RemotePath directory) throws IOException {
    done(directory, files.deleteDirectory(directory), "the removal of " + directory);
  }

  /** See {@link FileOperations#rename}. */
  public void rename(RemotePath from, RemotePath to) throws IOException {
    done(from, files.rename(from, to), "the new name of " + from);
  }

  /** See {@link FileOperations#copy}. */
  public void copy(RemotePath from, RemotePath to) throws IOException {
    done(from, files.copy(from, to), "the copy of " + from);
  }

  /** See {@link FileOperations#setAttributes}. */
  public void setAttributes(RemotePath path, AttributeChange change) throws IOException {
    done(path, files.setAttributes(path, change), "the change of " + path);
  }

  /** See {@link FileOperations#readLink}. */
  public String readLink(RemotePath link) throws IOException {
    return value(link, files.readLink(link), "the target of " + link);
  }

  /** See {@link FileOperations#createSymbolicLink}. */
  public void createSymbolicLink(RemotePath link, String target) throws IOException {
    done(link, files.createSymbolicLink(link, target), "the link " + link);
  }

  /** See {@link FileOperations#createHardLink}. */
  public void createHardLink(RemotePath link, RemotePath existing) throws IOException {
    done(link, files.createHardLink(link, existing), "the link " + link);
  }

  /** See {@link FileOperations#checksum}. */
  public Checksum checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range)
      throws IOException {
    return value(file, files.checksum(file, algorithm, range), "the digest of " + file);
  }

  /** See {@link FileOperations#space}. */
  public Space space(RemotePath directory) throws IOException {
    return value(directory, files.space(directory), "the space of " + directory);
  }

  /** See {@link FileOperations#home}. */
  public RemotePath home() throws IOException {
    return value(RemotePath.root(), files.home(), "the directory of the login");
  }

  /** Ends the session, or the pool. */
  @Override
  public void close() throws IOException {
    Waiting.on(files.close(), options.close(), "the end of the session");
  }

  private Progress last(Flux<Progress> progress, String what) throws IOException {
    Mono<Progress> last =
        progress
            .timeout(options.verb())
            .onErrorMap(TimeoutException.class, late -> new TimedOut(what, options.verb()))
            .last();
    return Objects.requireNonNull(Waiting.on(last, BY_STEPS, what), what);
  }

  private <T> T value(RemotePath path, Mono<T> verb, String what) throws IOException {
    Mono<T> named = verb.onErrorMap(why -> about(path, why));
    return Objects.requireNonNull(Waiting.on(named, options.verb(), what), what);
  }

  private void done(RemotePath path, Mono<Void> verb, String what) throws IOException {
    Waiting.on(verb.onErrorMap(why -> about(path, why)), options.verb(), what);
  }

  /** A server of FTP does not say which file its refusal is about. */
  private static Throwable about(RemotePath path, Throwable why) {
    return why instanceof FileFailure failure && failure.path().isEmpty() ? failure.of(path) : why;
  }
}
