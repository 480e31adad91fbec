package dev.sluice.sftp.server;

import dev.sluice.sftp.message.StatusCode;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshString;
import java.util.List;

/** Ends a request with a status that no {@link dev.sluice.api.FileError} stands for. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final StatusCode code;
  private final byte[] data;

  Refusal(StatusCode code) {
    this(code, new byte[0]);
  }

  private Refusal(StatusCode code, byte[] data) {
    super(code.text(), null, false, false);
    this.code = code;
    this.data = data;
  }

  /** There are no users or groups with these names. */
  static Refusal unknownPrincipals(List<String> names) {
    return new Refusal(
        StatusCode.UNKNOWN_PRINCIPAL,
        Encoded.bytes(out -> names.forEach(name -> SshString.write(out, name))));
  }

  StatusCode code() {
    return code;
  }

  /** What belongs to the code from version 5 on (draft-ietf-secsh-filexfer-13 section 9.1). */
  byte[] data() {
    return data;
  }
}
