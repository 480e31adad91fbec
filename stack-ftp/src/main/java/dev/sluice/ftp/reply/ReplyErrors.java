package dev.sluice.ftp.reply;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.ProtectionRefused;
import dev.sluice.api.RawName;
import dev.sluice.api.SessionBusy;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.TimedOut;
import dev.sluice.api.TransferException;
import dev.sluice.ftp.FtpReply;
import java.util.Locale;

/** The one place where failures become replies and replies become failures. */
public final class ReplyErrors {
  private ReplyErrors() {}

  /** The reply of a server when {@code failure} ended a command (RFC 959 section 4.2.1). */
  public static FtpReply toReply(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return refusal.reply();
    }
    if (failure instanceof FileFailure file) {
      return FtpReply.of(codeOf(file.error()), textOf(file.error()));
    }
    if (failure instanceof SessionBusy) {
      return FtpReply.of(450, textOf(FileError.BUSY)); // of a tree that is a session itself
    }
    if (failure instanceof TimedOut) {
      return FtpReply.of(426, "Transfer stalled; connection closed");
    }
    if (failure instanceof SessionClosed || failure instanceof java.io.IOException) {
      return FtpReply.of(426, "Connection closed; transfer aborted");
    }
    if (failure instanceof ProtectionRefused) {
      return FtpReply.of(522, "The data connection is not protected as it must be");
    }
    if (failure instanceof LimitExceeded) {
      return FtpReply.of(452, "A limit of this server was reached");
    }
    if (failure instanceof PeerMisbehaved) {
      return FtpReply.of(426, "Malformed data; transfer aborted");
    }
    return FtpReply.of(451, "Local error in processing");
  }

  /**
   * The failure that a client signals when {@code reply} refused a command.
   *
   * @param command what was asked, secrets masked
   */
  public static TransferException toFailure(FtpReply reply, String command) {
    String message = command + " was answered " + reply.describe();
    return switch (reply.code()) {
      case 421 -> new SessionClosed("the server ended the session: " + reply.describe());
      case 530, 532, 332 -> new AuthenticationFailed(message);
      case 533, 534, 536, 537, 521, 522 ->
          new ProtectionRefused("protection level not accepted: " + message);
      default -> new FileFailure(errorOf(reply), message, null);
    };
  }

  private static int codeOf(FileError error) {
    return switch (error) {
      case NOT_FOUND,
          NOT_A_DIRECTORY,
          IS_A_DIRECTORY,
          NOT_A_FILE,
          ALREADY_EXISTS,
          DIRECTORY_NOT_EMPTY,
          PERMISSION_DENIED,
          READ_ONLY,
          NOT_ATOMIC,
          LINK_LOOP ->
          550;
      case INVALID_NAME -> 553;
      case OUT_OF_RANGE -> 554;
      case NO_SPACE -> 452;
      case QUOTA_EXCEEDED -> 552;
      case BUSY -> 450;
      case UNSUPPORTED -> 502;
      case INTERRUPTED -> 426;
      case IO_ERROR -> 451;
    };
  }

  private static String textOf(FileError error) {
    return switch (error) {
      case NOT_FOUND -> "No such file or directory";
      case NOT_A_DIRECTORY -> "Not a directory";
      case IS_A_DIRECTORY -> "Is a directory";
      case NOT_A_FILE -> "Not a regular file";
      case ALREADY_EXISTS -> "Already exists";
      case DIRECTORY_NOT_EMPTY -> "Directory not empty";
      case PERMISSION_DENIED -> "Permission denied";
      case READ_ONLY -> "Read only";
      case NOT_ATOMIC -> "Cannot replace the file in one step";
      case LINK_LOOP -> "Too many links";
      case INVALID_NAME -> "File name not allowed";
      case OUT_OF_RANGE -> "Offset beyond the end of the file";
      case NO_SPACE -> "Insufficient storage space";
      case QUOTA_EXCEEDED -> "Quota exceeded";
      case BUSY -> "File busy";
      case UNSUPPORTED -> "Not supported here";
      case INTERRUPTED -> "Transfer aborted";
      case IO_ERROR -> "Local error in processing";
    };
  }

  private static FileError errorOf(FtpReply reply) {
    return switch (reply.code()) {
      case 425, 426 -> FileError.INTERRUPTED;
      case 450 -> FileError.BUSY;
      case 451 -> FileError.IO_ERROR;
      case 452 -> FileError.NO_SPACE;
      case 500, 501, 502, 503, 504 -> FileError.UNSUPPORTED;
      case 552 -> FileError.QUOTA_EXCEEDED;
      case 553 -> FileError.INVALID_NAME;
      case 554 -> FileError.OUT_OF_RANGE;
      case 550 -> byText(reply);
      default -> reply.isTransientNegative() ? FileError.BUSY : FileError.PERMISSION_DENIED;
    };
  }

  /** 550 stands for a dozen causes; the words of common servers distinguish some of them. */
  private static FileError byText(FtpReply reply) {
    String text = RawName.escape(String.join(" ", reply.lines())).toLowerCase(Locale.ROOT);
    if (text.contains("not empty")) {
      return FileError.DIRECTORY_NOT_EMPTY;
    }
    if (text.contains("too long") || text.contains("invalid argument")) {
      return FileError.INVALID_NAME;
    }
    if (text.contains("denied") || text.contains("not permitted") || text.contains("permission")) {
      return FileError.PERMISSION_DENIED;
    }
    if (text.contains("exists")) {
      return FileError.ALREADY_EXISTS;
    }
    if (text.contains("is a directory")
        || text.contains("not a plain file")
        || text.contains("not a regular file")) {
      return FileError.IS_A_DIRECTORY;
    }
    if (text.contains("not a directory")) {
      return FileError.NOT_A_DIRECTORY;
    }
    return text.contains("read only") || text.contains("read-only")
        ? FileError.READ_ONLY
        : FileError.NOT_FOUND;
  }
}
