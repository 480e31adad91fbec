package dev.sluice.ssh.server;

import dev.sluice.api.login.LoginAttempt;
import dev.sluice.ssh.key.Certificate;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.message.RequestType;
import java.util.Optional;

/**
 * The command that a user's certificate runs instead of the requested one ({@code force-command}).
 */
record ForcedCommand(String command) {
  private static final String OPTION = "force-command";
  private static final String SFTP = "internal-sftp";

  /** The command of the certificate that was shown, if it has one. */
  static Optional<ForcedCommand> of(LoginAttempt attempt) {
    return attempt instanceof LoginAttempt.PublicKey shown
            && SshPublicKey.decode(shown.blob()) instanceof Certificate certificate
        ? Optional.ofNullable(certificate.criticalOptions().get(OPTION)).map(ForcedCommand::new)
        : Optional.empty();
  }

  RequestType asRequest() {
    return command.equals(SFTP) ? new RequestType.Subsystem("sftp") : new RequestType.Exec(command);
  }
}
