package dev.sluice.storage.local;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.StorageUnavailable;
import dev.sluice.api.TransferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Translates the failure of a file call. Messages name only the path inside the jail; the path on
 * the disk stays in the cause of an {@code IO_ERROR}, for the operator's log.
 */
final class FileErrors {
  /** The system's name for an error without a Java class (strerror(3), C locale). */
  private static final Map<String, FileError> REASONS = reasons();

  private FileErrors() {}

  /** The failure to signal when {@code thrown} was thrown for {@code path}. */
  static TransferException of(RemotePath path, Throwable given) {
    Throwable thrown = unwrapped(given);
    if (thrown instanceof TransferException known) {
      return known;
    }
    if (thrown instanceof Refused refused) {
      return new FileFailure(refused.error(), path, refused.detail());
    }
    FileError error = thrown instanceof IOException e ? classify(e) : classify(thrown);
    String shown = RawName.escape(path.toString()) + ": " + explain(error);
    return error == FileError.IO_ERROR
        ? new FileFailure(error, shown, thrown)
        : new FileFailure(error, shown, null);
  }

  /** The failure to throw if the root of a tree cannot be read. */
  static IOException unreachable(Path root, IOException e) {
    FileError error = classify(e);
    if (error == FileError.BUSY) {
      return e; // of the process, as when it has too many files open
    }
    String reason = error == FileError.IO_ERROR ? e.toString() : explain(error);
    throw new StorageUnavailable(root + ": " + reason, e);
  }

  private static Throwable unwrapped(Throwable given) {
    boolean wraps =
        given instanceof UncheckedIOException || given instanceof DirectoryIteratorException;
    Throwable cause = given.getCause();
    return wraps && cause != null ? cause : given;
  }

  private static FileError classify(Throwable thrown) {
    if (thrown instanceof SecurityException) {
      return FileError.PERMISSION_DENIED;
    }
    if (thrown instanceof InvalidPathException) {
      return FileError.INVALID_NAME;
    }
    if (thrown instanceof ClosedDirectoryStreamException) {
      return FileError.INTERRUPTED;
    }
    return thrown instanceof UnsupportedOperationException
        ? FileError.UNSUPPORTED
        : FileError.IO_ERROR;
  }

  private static FileError classify(IOException e) {
    if (e instanceof NoSuchFileException) {
      return FileError.NOT_FOUND;
    }
    if (e instanceof FileAlreadyExistsException) {
      return FileError.ALREADY_EXISTS;
    }
    if (e instanceof NotDirectoryException) {
      return FileError.NOT_A_DIRECTORY;
    }
    if (e instanceof DirectoryNotEmptyException) {
      return FileError.DIRECTORY_NOT_EMPTY;
    }
    if (e instanceof AccessDeniedException) {
      return FileError.PERMISSION_DENIED;
    }
    return classifyRare(e);
  }

  private static FileError classifyRare(IOException e) {
    if (e instanceof FileSystemLoopException) {
      return FileError.LINK_LOOP;
    }
    if (e instanceof AtomicMoveNotSupportedException || e instanceof NotLinkException) {
      return FileError.UNSUPPORTED;
    }
    if (e instanceof UserPrincipalNotFoundException) {
      return FileError.INVALID_NAME;
    }
    if (e instanceof ClosedChannelException) {
      return FileError.INTERRUPTED;
    }
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    if (reason != null) {
      for (Map.Entry<String, FileError> known : REASONS.entrySet()) {
        if (reason.contains(known.getKey())) {
          return known.getValue();
        }
      }
    }
    return FileError.IO_ERROR;
  }

  private static Map<String, FileError> reasons() {
    Map<String, FileError> reasons = new LinkedHashMap<>();
    reasons.put("No space left on device", FileError.NO_SPACE);
    reasons.put("not enough space on the disk", FileError.NO_SPACE);
    reasons.put("File too large", FileError.NO_SPACE);
    reasons.put("Disk quota exceeded", FileError.QUOTA_EXCEEDED);
    reasons.put("File name too long", FileError.INVALID_NAME);
    reasons.put("Invalid argument", FileError.INVALID_NAME);
    reasons.put("Invalid or incomplete multibyte", FileError.INVALID_NAME);
    reasons.put("Too many levels of symbolic links", FileError.LINK_LOOP);
    reasons.put("Is a directory", FileError.IS_A_DIRECTORY);
    reasons.put("Not a directory", FileError.NOT_A_DIRECTORY);
    reasons.put("Directory not empty", FileError.DIRECTORY_NOT_EMPTY);
    reasons.put("Illegal seek", FileError.NOT_A_FILE);
    reasons.put("No such device or address", FileError.NOT_A_FILE);
    reasons.put("Read-only file system", FileError.READ_ONLY);
    reasons.put("Operation not permitted", FileError.PERMISSION_DENIED);
    reasons.put("Permission denied", FileError.PERMISSION_DENIED);
    reasons.put("Text file busy", FileError.BUSY);
    reasons.put("Device or resource busy", FileError.BUSY);
    reasons.put("Too many open files", FileError.BUSY);
    reasons.put("used by another process", FileError.BUSY);
    reasons.put("Operation not supported", FileError.UNSUPPORTED);
    reasons.put("cross-device link", FileError.UNSUPPORTED);
    reasons.put("Too many links", FileError.UNSUPPORTED);
    return reasons;
  }

  private static String explain(FileError error) {
    return switch (error) {
      case NOT_FOUND -> "no such file or directory";
      case NOT_A_DIRECTORY -> "not a directory";
      case IS_A_DIRECTORY -> "is a directory";
      case NOT_A_FILE -> "neither a file nor a directory";
      case ALREADY_EXISTS -> "exists already";
      case DIRECTORY_NOT_EMPTY -> "the directory is not empty";
      case PERMISSION_DENIED -> "permission denied";
      case READ_ONLY -> "the file system takes no changes";
      case INVALID_NAME -> "the file system does not take this name or value";
      case OUT_OF_RANGE -> "beyond the end of the file";
      case NO_SPACE -> "no space left";
      case QUOTA_EXCEEDED -> "the quota is used up";
      case BUSY -> "in use, try again later";
      case UNSUPPORTED -> "the file system does not offer this here";
      case INTERRUPTED -> "closed while in use";
      case NOT_ATOMIC -> "cannot be replaced in one step";
      case LINK_LOOP -> "too many symbolic links";
      case IO_ERROR -> "the file system failed";
    };
  }
}
