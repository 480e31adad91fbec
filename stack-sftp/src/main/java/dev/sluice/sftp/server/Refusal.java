package dev.sluice.sftp.server;

import dev.sluice.sftp.message.StatusCode;

/** Ends a request with a status that no {@link dev.sluice.api.error.FileError} stands for. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final StatusCode code;

  Refusal(StatusCode code) {
    super(code.text(), null, false, false);
    this.code = code;
  }

  StatusCode code() {
    return code;
  }
}
