package dev.sluice.sftp.client;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.message.SftpResponse.Status;
import dev.sluice.sftp.message.StatusCode;

/** What the status codes of a server mean to a caller. */
final class ClientErrors {
  private static final int MOST_TEXT = 200;

  private ClientErrors() {}

  static boolean isOk(Status status) {
    return status.code() == StatusCode.OK.number();
  }

  static boolean isEnd(Status status) {
    return status.code() == StatusCode.EOF.number();
  }

  /** The error for a status other than OK; the server's number and text are kept. */
  static FileFailure failure(Status status, RemotePath path) {
    return failure(status, path, "");
  }

  /**
   * As above.
   *
   * @param where what to add, such as an offset; may be empty
   */
  static FileFailure failure(Status status, RemotePath path, String where) {
    String text = status.message();
    String told = RawName.escape(text.substring(0, Math.min(MOST_TEXT, text.length())));
    StatusCode code = StatusCode.of(status.code()).orElse(StatusCode.FAILURE);
    return new FileFailure(
        error(code), path, where + "the server says " + status.code() + " (" + told + ")");
  }

  /** Version 3 has only FAILURE for most errors; {@link Diagnosis} finds out more. */
  private static FileError error(StatusCode code) {
    return switch (code) {
      case NO_SUCH_FILE, NO_SUCH_PATH -> FileError.NOT_FOUND;
      case NOT_A_DIRECTORY -> FileError.NOT_A_DIRECTORY;
      case FILE_IS_A_DIRECTORY -> FileError.IS_A_DIRECTORY;
      case FILE_ALREADY_EXISTS -> FileError.ALREADY_EXISTS;
      case DIR_NOT_EMPTY -> FileError.DIRECTORY_NOT_EMPTY;
      case PERMISSION_DENIED, CANNOT_DELETE, OWNER_INVALID, GROUP_INVALID, UNKNOWN_PRINCIPAL ->
          FileError.PERMISSION_DENIED;
      case WRITE_PROTECT -> FileError.READ_ONLY;
      case BAD_MESSAGE, INVALID_FILENAME, INVALID_PARAMETER -> FileError.INVALID_NAME;
      case EOF -> FileError.OUT_OF_RANGE;
      case NO_SPACE_ON_FILESYSTEM -> FileError.NO_SPACE;
      case QUOTA_EXCEEDED -> FileError.QUOTA_EXCEEDED;
      case LOCK_CONFLICT,
          BYTE_RANGE_LOCK_CONFLICT,
          BYTE_RANGE_LOCK_REFUSED,
          NO_MATCHING_BYTE_RANGE_LOCK,
          DELETE_PENDING ->
          FileError.BUSY;
      case OP_UNSUPPORTED -> FileError.UNSUPPORTED;
      case NO_CONNECTION, CONNECTION_LOST -> FileError.INTERRUPTED;
      case LINK_LOOP -> FileError.LINK_LOOP;
      case OK, FAILURE, INVALID_HANDLE, NO_MEDIA, FILE_CORRUPT -> FileError.IO_ERROR;
    };
  }
}
