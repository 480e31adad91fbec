package dev.sluice.client.blocking;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TimedOut;
import dev.sluice.api.TransferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** Failures as {@link java.nio.file.Files} would throw them, with the failure as their cause. */
public final class IoErrors {
  private IoErrors() {}

  /**
   * The exception of java.io and java.nio.file that says the same. Errors of the JVM and mistakes
   * in programs, such as {@link IllegalStateException}, are thrown as they are.
   */
  public static IOException of(Throwable why) {
    if (why instanceof IOException already) {
      return already;
    }
    if (why instanceof UncheckedIOException wrapped) {
      return Objects.requireNonNull(wrapped.getCause(), "a cause");
    }
    if (why instanceof FileFailure failure) {
      return caused(file(failure), why);
    }
    if (why instanceof TimedOut) {
      return caused(new SocketTimeoutException(why.getMessage()), why);
    }
    if (why instanceof ConnectFailed) {
      return caused(new ConnectException(why.getMessage()), why);
    }
    if (why instanceof TransferException) {
      return new IOException(why.getMessage(), why);
    }
    if (why instanceof Error error) {
      throw error;
    }
    if (why instanceof RuntimeException mistake) {
      throw mistake;
    }
    return new IOException(why.getMessage(), why);
  }

  private static IOException file(FileFailure failure) {
    String name = failure.path().map(RemotePath::toString).orElse(null);
    String why = failure.detail();
    return switch (failure.error()) {
      case NOT_FOUND -> new NoSuchFileException(name, null, why);
      case ALREADY_EXISTS -> new FileAlreadyExistsException(name, null, why);
      case NOT_A_DIRECTORY -> new NotDirectoryException(name == null ? why : name);
      case DIRECTORY_NOT_EMPTY -> new DirectoryNotEmptyException(name == null ? why : name);
      case PERMISSION_DENIED -> new AccessDeniedException(name, null, why);
      case LINK_LOOP -> new FileSystemLoopException(name == null ? why : name);
      default -> new FileSystemException(name, null, failure.error() + ": " + why);
    };
  }

  private static <E extends IOException> E caused(E error, Throwable why) {
    error.initCause(why);
    return error;
  }
}
