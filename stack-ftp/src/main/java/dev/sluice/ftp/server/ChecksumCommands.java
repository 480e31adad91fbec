package dev.sluice.ftp.server;

import dev.sluice.api.ByteRange;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.Digest;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.reply.Refusal;
import java.util.Locale;
import reactor.core.publisher.Mono;

/** HASH (draft-bryan-ftpext-hash) and the X digests of practice. */
final class ChecksumCommands {
  private ChecksumCommands() {}

  static Mono<FtpReply> hash(OnPath command, Session session) {
    RemotePath path = session.resolve(command.path());
    return session
        .files()
        .checksum(path, session.chosen.hash, ByteRange.all())
        .map(
            sum ->
                FtpReply.of(
                    213,
                    sum.algorithm().registeredName()
                        + " 0-"
                        + sum.octets()
                        + " "
                        + sum.hex()
                        + " "
                        + command.path()))
        .onErrorMap(FileFailure.class, ChecksumCommands::hashRefusal);
  }

  static Mono<FtpReply> digest(Digest command, Session session) {
    RemotePath path = session.resolve(command.path());
    long length =
        command.end() == Long.MAX_VALUE ? ByteRange.TO_END : command.end() - command.start();
    return session
        .files()
        .checksum(path, algorithm(command), ByteRange.of(command.start(), length))
        .map(sum -> FtpReply.of(250, sum.hex().toUpperCase(Locale.ROOT)))
        .onErrorMap(
            FileFailure.class,
            failure ->
                failure.error() == FileError.OUT_OF_RANGE
                    ? new Refusal(501, "The range lies outside the file")
                    : failure);
  }

  private static ChecksumAlgorithm algorithm(Digest command) {
    return switch (command.verb()) {
      case XCRC -> ChecksumAlgorithm.CRC32;
      case XMD5 -> ChecksumAlgorithm.MD5;
      case XSHA, XSHA1 -> ChecksumAlgorithm.SHA_1;
      case XSHA256 -> ChecksumAlgorithm.SHA_256;
      case XSHA512 -> ChecksumAlgorithm.SHA_512;
      default -> throw new IllegalArgumentException(command.verb() + " is no digest");
    };
  }

  /** The codes of draft-bryan-ftpext-hash section 3.5 where they differ from the usual. */
  private static RuntimeException hashRefusal(FileFailure failure) {
    return switch (failure.error()) {
      case IS_A_DIRECTORY, NOT_A_FILE -> new Refusal(553, "Not a file");
      case PERMISSION_DENIED -> new Refusal(552, "Not allowed");
      default -> failure;
    };
  }
}
