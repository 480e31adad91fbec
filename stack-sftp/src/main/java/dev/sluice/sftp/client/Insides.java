package dev.sluice.sftp.client;

import dev.sluice.api.ByteRange;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.RunningChecksum;
import dev.sluice.api.Space;
import dev.sluice.sftp.message.DraftExtension;
import dev.sluice.sftp.message.ExtensionReply;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenSshExtension;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import java.util.Arrays;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a server does on its own: copies, digests, and reports of its free space. */
final class Insides {
  /** Copied by one request, so that each is answered in time. */
  private static final long PIECE = 64L << 20;

  private final Requests requests;
  private final Offer offer;
  private final Uploads uploads;

  Insides(Requests requests, Offer offer, Uploads uploads) {
    this.requests = requests;
    this.offer = offer;
    this.uploads = uploads;
  }

  Mono<Void> copy(RemotePath from, RemotePath to) {
    if (offer.has(OpenSshExtension.CopyData.NAME)) {
      return Mono.usingWhen(
          requests.open(
              from, OpenHow.reading(), SftpAttributes.NONE, late -> requests.link().close(late)),
          source -> requests.stat(from).flatMap(found -> copy(source, found, from, to)),
          source -> requests.close(source, from).onErrorComplete());
    }
    return offer.has(DraftExtension.CopyFile.NAME)
        ? requests.extension(
            from, new DraftExtension.CopyFile(Requests.text(from), Requests.text(to), true))
        : unsupported(from, "copies");
  }

  Mono<Checksum> checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    if (!offer.hasChecksums()) {
      return unsupported(file, "digests");
    }
    return requests
        .stat(file)
        .flatMap(
            found -> {
              long size = found.size() == null ? Long.MAX_VALUE : found.size();
              long octets = range.lengthWithin(size);
              return octets == 0
                  ? Mono.just(RunningChecksum.of(algorithm).finish())
                  : digest(file, algorithm, range.start(), octets);
            });
  }

  Mono<Space> space(RemotePath directory) {
    if (offer.has(OpenSshExtension.Statvfs.NAME)) {
      return requests
          .extension(
              directory,
              new OpenSshExtension.Statvfs(Requests.text(directory)),
              ExtensionReply.FileSystem::decode)
          .map(fs -> new Space(fs.blocks() * fs.frsize(), fs.bavail() * fs.frsize()));
    }
    return offer.has(DraftExtension.SpaceAvailable.NAME)
        ? requests
            .extension(
                directory,
                new DraftExtension.SpaceAvailable(Requests.text(directory)),
                ExtensionReply.AvailableSpace::decode)
            .map(room -> new Space(room.total(), room.unusedForUser()))
        : unsupported(directory, "a count of its room");
  }

  private Mono<Void> copy(SftpHandle source, SftpAttributes found, RemotePath from, RemotePath to) {
    if (Attributes.isDirectory(found)) {
      return Mono.error(new FileFailure(FileError.IS_A_DIRECTORY, from, "is not copied as a file"));
    }
    long size = found.size() == null ? 0 : found.size();
    return uploads.replaceBy(
        to,
        SftpAttributes.NONE,
        target ->
            Flux.range(0, (int) Math.max(1, (size + PIECE - 1) / PIECE))
                .concatMap(i -> piece(source, target, i * PIECE, size, from))
                .then(requests.close(target, to))
                .onErrorResume(
                    e -> requests.close(target, to).onErrorComplete().then(Mono.error(e))));
  }

  /** The last piece reaches to the end of the file, wherever that is by then. */
  private Mono<Void> piece(
      SftpHandle source, SftpHandle target, long offset, long size, RemotePath from) {
    long length = offset + PIECE >= size ? 0 : PIECE;
    return requests.extension(
        from, new OpenSshExtension.CopyData(source, offset, length, target, offset));
  }

  private Mono<Checksum> digest(
      RemotePath file, ChecksumAlgorithm algorithm, long start, long octets) {
    DraftExtension.CheckFile ask =
        new DraftExtension.CheckFile(
            Requests.text(file), null, List.of(name(algorithm)), start, octets, 0);
    return requests
        .extension(file, ask, ExtensionReply.Digests::decode)
        .map(answer -> Checksum.of(algorithm, bare(answer.digests(), algorithm), octets))
        .onErrorMap(
            FileFailure.class,
            e ->
                e.error() == FileError.IO_ERROR || e.error() == FileError.INVALID_NAME
                    ? new FileFailure(
                        FileError.UNSUPPORTED, file, "the server does not compute " + algorithm)
                    : e);
  }

  /** Some servers put the length in front of a digest. */
  private static byte[] bare(byte[] digest, ChecksumAlgorithm algorithm) {
    int length = RunningChecksum.of(algorithm).finish().hex().length() / 2;
    return digest.length == length + Integer.BYTES
        ? Arrays.copyOfRange(digest, Integer.BYTES, digest.length)
        : digest;
  }

  private static String name(ChecksumAlgorithm algorithm) {
    return switch (algorithm) {
      case CRC32 -> "crc32";
      case MD5 -> "md5";
      case SHA_1 -> "sha1";
      case SHA_256 -> "sha256";
      case SHA_512 -> "sha512";
    };
  }

  private static <T> Mono<T> unsupported(RemotePath path, String what) {
    return Mono.error(
        () -> new FileFailure(FileError.UNSUPPORTED, path, "the server does not offer " + what));
  }
}
