package dev.sluice.storage.local;

import dev.sluice.api.FileError;
import java.io.IOException;

/** Our own refusal on its way to {@link FileErrors}, which knows the path. */
final class Refused extends IOException {
  private static final long serialVersionUID = 1L;

  private final FileError error;

  Refused(FileError error, String detail) {
    super(detail);
    this.error = error;
  }

  FileError error() {
    return error;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
