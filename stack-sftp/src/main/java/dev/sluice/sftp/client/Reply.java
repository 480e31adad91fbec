package dev.sluice.sftp.client;

import dev.sluice.sftp.message.SftpResponse;

/**
 * Hears how one request ended: exactly one of its methods is called, once, on the link's thread.
 */
interface Reply {
  /** Does not care, as for a CLOSE behind a failure. */
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
   * @throws dev.sluice.ssh.wire.SshViolation when no server may answer so; the session ends
   */
  void onResponse(SftpResponse response);

  /** No answer came, or none that can be read. */
  void onFailure(Throwable cause);
}
