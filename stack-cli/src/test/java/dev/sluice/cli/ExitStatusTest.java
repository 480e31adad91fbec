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
import dev.sluice.cli.output.Event;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
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
    assertThat(ExitStatus.of(new SessionClosed("x"))).isEqualTo(7);
    assertThat(ExitStatus.of(new PeerMisbehaved("x"))).isEqualTo(1);
    assertThat(ExitStatus.of(new IllegalStateException("x"))).isEqualTo(1);
  }

  @Test
  void whatMaySucceedNextTimeHasItsOwnNumber() {
    assertThat(ExitStatus.of(file(FileError.BUSY))).isEqualTo(7);
    assertThat(ExitStatus.of(file(FileError.INTERRUPTED))).isEqualTo(7);
    assertThat(ExitStatus.of(new TimedOut("reply to RETR", Duration.ZERO))).isEqualTo(7);
  }

  @Test
  void thePageListsExactlyTheNumbersAndWhatTheyMean() throws IOException {
    String page = Files.readString(Path.of("../docs/command-line.md"));
    Map<Integer, String> rows = new TreeMap<>();
    for (String line : page.substring(page.indexOf("## Exit status")).lines().toList()) {
      if (line.matches("\\| [0-9]+ \\| .* \\|")) {
        String[] cells = line.split(" ?\\| ?");
        rows.put(Integer.valueOf(cells[1]), cells[2]);
      }
    }

    assertThat(rows).isEqualTo(ExitStatus.table());
    String help = String.join(" ", Main.class.getAnnotation(CommandLine.Command.class).footer());
    ExitStatus.table().keySet().forEach(each -> assertThat(help).contains(" " + each + " "));
  }

  @Test
  void thePageListsExactlyTheEventsAndTheirFields() throws IOException {
    String page = Files.readString(Path.of("../docs/command-line.md"));
    for (Event event : Event.values()) {
      String fields =
          event.fields().stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
      assertThat(page).contains("| `" + event.word() + "` | " + fields + " |");
    }
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
