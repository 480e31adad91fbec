package dev.sluice.sftp.server;

import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.IoScheduler;
import dev.sluice.api.RemotePath;
import dev.sluice.api.RunningChecksum;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.sftp.message.DraftExtension.CheckFile;
import dev.sluice.sftp.message.DraftExtension.Md5Hash;
import dev.sluice.sftp.message.ExtensionReply;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.server.Handler.Admitted;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** check-file and md5-hash: digests of what lies in a file. */
final class DigestRequests {
  private static final Map<String, ChecksumAlgorithm> HASHES =
      Map.of(
          "md5", ChecksumAlgorithm.MD5,
          "sha1", ChecksumAlgorithm.SHA_1,
          "sha256", ChecksumAlgorithm.SHA_256,
          "sha512", ChecksumAlgorithm.SHA_512,
          "crc32", ChecksumAlgorithm.CRC32);
  private static final int PIECE = 256 * 1024;
  private static final int LEAST_BLOCK = 256;
  private static final int MAX_REPLY = 32 * 1024;
  private static final int QUICK_CHECK = 2048;

  private DigestRequests() {}

  static Admitted checkFile(int id, CheckFile check, Session session) {
    String hash =
        check.hashes().stream()
            .filter(HASHES::containsKey)
            .findFirst()
            .orElseThrow(() -> new Refusal(StatusCode.FAILURE));
    if (check.blockSize() != 0 && check.blockSize() < LEAST_BLOCK) {
      throw new Refusal(StatusCode.INVALID_PARAMETER);
    }
    ChecksumAlgorithm algorithm = Objects.requireNonNull(HASHES.get(hash));
    Run run = Run.of(check.offset(), check.length());
    long block = check.blockSize() == 0 ? Long.MAX_VALUE : check.blockSize();
    return target(check.path(), check.handle(), session)
        .admitted(
            file ->
                digests(file, new Digesting(algorithm, run, block), session)
                    .map(it -> reply(id, new ExtensionReply.Digests(hash, it))),
            session);
  }

  static Admitted md5(int id, Md5Hash md5, Session session) {
    Run run = Run.of(md5.offset(), md5.length());
    Run start = new Run(run.offset, Math.min(run.length, QUICK_CHECK));
    return target(md5.path(), md5.handle(), session)
        .admitted(
            file -> {
              Mono<Boolean> same =
                  md5.quickCheck().length == 0
                      ? Mono.just(true)
                      : digests(file, oneDigest(start), session)
                          .map(it -> Arrays.equals(it, md5.quickCheck()));
              return same.flatMap(
                      go -> go ? digests(file, oneDigest(run), session) : Mono.just(new byte[0]))
                  .map(it -> reply(id, new ExtensionReply.Md5(md5.name(), it)));
            },
            session);
  }

  /** A run of octets; the length of one that goes to the end is the largest there is. */
  private record Run(long offset, long length) {
    static Run of(long offset, long length) {
      if (offset < 0 || length < 0) {
        throw new Refusal(StatusCode.BAD_MESSAGE);
      }
      long most = Long.MAX_VALUE - offset;
      return new Run(offset, length == 0 ? most : Math.min(length, most));
    }
  }

  /** A file by its name or one that is open. */
  private record Target(RemotePath path, @Nullable OpenFile open) {
    Admitted admitted(Function<FileHandle, Mono<SftpResponse>> work, Session session) {
      return new Admitted(
          Scope.of(path),
          () ->
              open != null
                  ? work.apply(open.handle())
                  : Mono.usingWhen(
                      session.files().open(path, OpenMode.READ), work, FileHandle::close));
    }
  }

  private static Target target(
      @Nullable String path, @Nullable SftpHandle handle, Session session) {
    if (path != null) {
      return new Target(session.resolve(path), null);
    }
    OpenFile file =
        session
            .handles()
            .file(Optional.ofNullable(handle).orElseThrow(() -> new Refusal(StatusCode.FAILURE)));
    if (!file.how().reads()) {
      throw new Refusal(StatusCode.PERMISSION_DENIED);
    }
    return new Target(file.path(), file);
  }

  private static Digesting oneDigest(Run run) {
    return new Digesting(ChecksumAlgorithm.MD5, run, Long.MAX_VALUE);
  }

  /**
   * Reads a file piece by piece until the session ends. A piece is not cut short: a buffer on its
   * way to another thread would be lost.
   */
  private static Mono<byte[]> digests(FileHandle file, Digesting digesting, Session session) {
    return Mono.defer(() -> digesting.next(file))
        .repeat(session::isOpen)
        .takeUntil(more -> !more)
        .then(Mono.fromSupplier(digesting::finish));
  }

  /** Digests in the making. */
  private static final class Digesting {
    private final ChecksumAlgorithm algorithm;
    private final Run run;
    private final long block;
    private final ByteArrayOutputStream digests = new ByteArrayOutputStream();
    private RunningChecksum current;
    private long done;
    private long inBlock;

    Digesting(ChecksumAlgorithm algorithm, Run run, long block) {
      this.algorithm = algorithm;
      this.run = run;
      this.block = block;
      this.current = RunningChecksum.of(algorithm);
    }

    /** Takes in the next piece; false = there was none. */
    Mono<Boolean> next(FileHandle file) {
      int wanted = (int) Math.min(PIECE, Math.min(run.length - done, block - inBlock));
      return wanted == 0
          ? Mono.just(false)
          : file.read(run.offset + done, wanted)
              .publishOn(IoScheduler.shared())
              .map(this::update)
              .defaultIfEmpty(false);
    }

    private boolean update(ByteBuf octets) {
      try {
        current.update(octets);
        done += octets.readableBytes();
        inBlock += octets.readableBytes();
        if (inBlock == block) {
          endBlock();
        }
        return true;
      } finally {
        octets.release();
      }
    }

    private void endBlock() {
      Checksum checksum = current.finish();
      digests.writeBytes(HexFormat.of().parseHex(checksum.hex()));
      if (digests.size() > MAX_REPLY) {
        throw new Refusal(StatusCode.FAILURE);
      }
      current = RunningChecksum.of(algorithm);
      inBlock = 0;
    }

    byte[] finish() {
      if (inBlock > 0 || digests.size() == 0) {
        endBlock();
      }
      return digests.toByteArray();
    }
  }

  private static SftpResponse reply(int id, ExtensionReply reply) {
    return new SftpResponse.ExtendedReply(id, reply.encode());
  }
}
