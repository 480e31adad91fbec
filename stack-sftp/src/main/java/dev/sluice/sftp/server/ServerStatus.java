package dev.sluice.sftp.server;

import dev.sluice.api.Failures;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.TransferException;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.SftpResponse.Status;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.ssh.wire.SshViolation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to a failed request. The text is that of the status: the message of an exception may
 * name places outside the tree.
 */
final class ServerStatus {
  private static final Logger LOG = LoggerFactory.getLogger(ServerStatus.class);

  private ServerStatus() {}

  static Status ok(int id, SftpVersion version) {
    return of(id, StatusCode.OK, version);
  }

  static Status of(int id, StatusCode code, SftpVersion version) {
    return Status.of(id, code, code.text(), version);
  }

  static Status of(int id, Throwable failure, SftpVersion version) {
    Status status = of(id, code(failure), version);
    return failure instanceof Refusal refusal && version.atLeast(SftpVersion.V5)
        ? new Status(id, status.code(), status.message(), refusal.data())
        : status;
  }

  static StatusCode code(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return refusal.code();
    }
    if (failure instanceof FileFailure file) {
      return code(file);
    }
    if (failure instanceof SshViolation) {
      return StatusCode.BAD_MESSAGE;
    }
    if (!(failure instanceof TransferException)) {
      LOG.error("a request failed: {}", Failures.line(failure));
      LOG.debug("a request failed", failure);
    }
    return StatusCode.FAILURE;
  }

  private static StatusCode code(FileFailure failure) {
    if (failure.error() == FileError.IO_ERROR) {
      LOG.error("the storage failed: {}", Failures.line(failure));
    }
    return switch (failure.error()) {
      case NOT_FOUND -> StatusCode.NO_SUCH_FILE;
      case NOT_A_DIRECTORY -> StatusCode.NOT_A_DIRECTORY;
      case IS_A_DIRECTORY -> StatusCode.FILE_IS_A_DIRECTORY;
      case ALREADY_EXISTS -> StatusCode.FILE_ALREADY_EXISTS;
      case DIRECTORY_NOT_EMPTY -> StatusCode.DIR_NOT_EMPTY;
      case PERMISSION_DENIED -> StatusCode.PERMISSION_DENIED;
      case READ_ONLY -> StatusCode.WRITE_PROTECT;
      case INVALID_NAME -> StatusCode.INVALID_FILENAME;
      case OUT_OF_RANGE -> StatusCode.INVALID_PARAMETER;
      case NO_SPACE -> StatusCode.NO_SPACE_ON_FILESYSTEM;
      case QUOTA_EXCEEDED -> StatusCode.QUOTA_EXCEEDED;
      case LINK_LOOP -> StatusCode.LINK_LOOP;
      case UNSUPPORTED, NOT_ATOMIC -> StatusCode.OP_UNSUPPORTED;
      case NOT_A_FILE, BUSY, INTERRUPTED, IO_ERROR -> StatusCode.FAILURE;
    };
  }
}
