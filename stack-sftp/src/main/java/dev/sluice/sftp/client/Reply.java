package dev.sluice.sftp.client;

import dev.sluice.sftp.message.SftpResponse;

/**
 * Receives the end of one request: exactly one of its methods is called, once, on the link's
 * thread.
 */
interface Reply {
  /** Ignores the answer, as for a CLOSE after a failure. */
  Reply IGNORED =
      new Reply() {
        @Override
        public void onResponse(SftpResponse response) {
          response.payload().release();
        }

        @Override
        public void onFailure(Throwable cause) {}
      };

  /**
   * The server answered, with a STATUS or with the type that was expected. Takes the payload.
   *
   * @throws dev.sluice.ssh.wire.SshViolation if no server may answer this way; the session ends
   */
  void onResponse(SftpResponse response);

  /** No answer came, or none that can be read. */
  void onFailure(Throwable cause);
}
