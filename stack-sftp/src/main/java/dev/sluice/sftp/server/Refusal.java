package dev.sluice.sftp.server;

import dev.sluice.sftp.message.StatusCode;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshString;
import java.util.List;

/** Ends a request with a status that no {@link dev.sluice.api.error.FileError} stands for. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final StatusCode code;
  private final List<String> details;

  Refusal(StatusCode code) {
    this(code, List.of());
  }

  private Refusal(StatusCode code, List<String> details) {
    super(code.text(), null, false, false);
    this.code = code;
    this.details = details;
  }

  /** Nobody has these names. */
  static Refusal unknownPrincipals(List<String> names) {
    return new Refusal(StatusCode.UNKNOWN_PRINCIPAL, names);
  }

  StatusCode code() {
    return code;
  }

  /** What belongs to the code from version 5 on (draft-ietf-secsh-filexfer-13 section 9.1). */
  byte[] data() {
    return Encoded.bytes(out -> details.forEach(detail -> SshString.write(out, detail)));
  }
}
