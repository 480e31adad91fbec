package dev.sluice.ftp.client;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.io.Unvouched;
import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Decides whether a transfer is complete when the server ended a protected data connection without
 * close_notify, as many do. It is complete when as many octets arrived as the protected control
 * connection announced: an attacker who cuts one connection cannot forge the other.
 */
final class Truncation {
  private Truncation() {}

  /** The end of the octets of a file, or the error. */
  static Flux<ByteBuf> ofFile(Job job, RemotePath file, ByteRange range, Unvouched end) {
    return Mono.justOrEmpty(end.announced().filter(octets -> octets == end.octets()))
        .switchIfEmpty(Mono.defer(() -> expected(job, file, range)))
        .defaultIfEmpty(-1L)
        .flatMapMany(octets -> decide(job, file, octets, end));
  }

  /** The end of the octets of a listing, or the error, which comes after what was understood. */
  static Flux<ByteBuf> ofListing(Job job, RemotePath directory, Unvouched end) {
    return decide(job, directory, end.announced().orElse(-1L), end);
  }

  private static Flux<ByteBuf> decide(Job job, RemotePath path, long expected, Unvouched end) {
    if (isControlProtected(job.conversation()) && expected == end.octets()) {
      return Flux.empty();
    }
    String came = end.octets() + " octets came and the connection ended without close_notify, ";
    if (expected >= 0 && expected != end.octets()) {
      return Flux.error(
          new FileFailure(FileError.INTERRUPTED, path, came + "but there are " + expected));
    }
    if (job.conversation().options.data().truncationTolerated()) {
      job.report(path, came + "which is tolerated");
      return Flux.empty();
    }
    return Flux.error(
        new FileFailure(
            FileError.INTERRUPTED,
            path,
            came
                + "so that they may not be all; FtpData.withTruncationTolerated takes them as"
                + " they are"));
  }

  /** Replies in clear, before TLS or after CCC, could come from anyone. */
  private static boolean isControlProtected(Conversation conversation) {
    return conversation.protection.control != null
        && !conversation.options.security().clearControl();
  }

  private static Mono<Long> expected(Job job, RemotePath file, ByteRange range) {
    return Facts.size(job, file)
        .switchIfEmpty(Mono.defer(() -> listedSize(job, file)))
        .map(range::lengthWithin)
        .onErrorResume(FileFailure.class, unknown -> Mono.empty());
  }

  private static Mono<Long> listedSize(Job job, RemotePath file) {
    return job.conversation().server.features.lists("MLST")
        ? Entries.stat(job, file)
            .map(FileEntry::attributes)
            .filter(FileAttributes::hasSize)
            .map(FileAttributes::size)
        : Mono.empty();
  }
}
