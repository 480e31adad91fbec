package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.PeerUntrusted;
import dev.sluice.api.ProtectionRefused;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.TimedOut;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.Exceptions;

final class ExitStatusTest {

  @Test
  void everyKindOfFailureHasItsNumber() {
    assertThat(ExitStatus.of(new UsageError("x"))).isEqualTo(2);
    assertThat(ExitStatus.of(new ConnectFailed("x"))).isEqualTo(3);
    assertThat(ExitStatus.of(new TimedOut("greeting", Duration.ZERO))).isEqualTo(3);
    assertThat(ExitStatus.of(new TimedOut("TLS handshake", Duration.ZERO))).isEqualTo(3);
    assertThat(ExitStatus.of(new PeerUntrusted("x"))).isEqualTo(3);
    assertThat(ExitStatus.of(new ProtectionRefused("x"))).isEqualTo(3);
    assertThat(ExitStatus.of(new AuthenticationFailed("x"))).isEqualTo(4);
    assertThat(ExitStatus.of(file(FileError.NOT_FOUND))).isEqualTo(5);
    assertThat(ExitStatus.of(file(FileError.PERMISSION_DENIED))).isEqualTo(5);
    assertThat(ExitStatus.of(file(FileError.NO_SPACE))).isEqualTo(1);
    assertThat(ExitStatus.of(new SessionClosed("x"))).isEqualTo(1);
    assertThat(ExitStatus.of(new PeerMisbehaved("x"))).isEqualTo(1);
    assertThat(ExitStatus.of(new IllegalStateException("x"))).isEqualTo(1);
  }

  @Test
  void ofSeveralFailuresTheFirstCounts() {
    RuntimeException both =
        Exceptions.multiple(file(FileError.NOT_FOUND), new SessionClosed("gone"));

    assertThat(ExitStatus.of(both)).isEqualTo(5);
    assertThat(ExitStatus.explain(both)).startsWith("/f: ").endsWith("(and 1 more)");
  }

  @Test
  void theMessageIsOneLineWhateverThePeerSays() {
    assertThat(ExitStatus.explain(new PeerMisbehaved("a\r\n\u001b[31mb")))
        .isEqualTo("a\\x0d\\x0a\\x1b[31mb");
  }

  @Test
  void aRefusedCertificateIsToldWithWhatToDo() {
    assertThat(ExitStatus.explain(new PeerUntrusted("who is that")))
        .contains("--tls-ca", "--tls-pin");
    assertThat(ExitStatus.explain(new AuthenticationFailed("TLS: certificate_required")))
        .contains("--tls-cert");
  }

  private static FileFailure file(FileError error) {
    return new FileFailure(error, RemotePath.of("/f"), "refused");
  }
}
