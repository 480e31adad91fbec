package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AtomicRefusal;
import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.observe.Outcome;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.observe.TransferRef;
import dev.sluice.cli.serve.SessionLog;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.PlainWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No name of Java reaches a person at a terminal or in front of a log. */
final class PlainWordsTest {
  private static final Pattern NAME =
      Pattern.compile(
          "\\bwith[A-Z]\\w+|\\b[A-Z][a-z]+[A-Z]\\w*\\.[a-z]\\w+|[a-z]\\w*[A-Z]\\w*\\(|\\(\\.\\.\\)"
              + "|\\b[A-Z]\\w*(Exception|Error)\\b|\\bjavax?\\.|\\bio\\.netty|\\bdev\\.sluice");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");

  /**
   * All that the library says with a name of Java in it, whatever is filled in. A text of one word
   * is a key and not a message.
   */
  static List<String> messages() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      for (Path file :
          files
              .filter(path -> path.toString().matches("\\.\\./stack-.*/src/main/.*\\.java"))
              .toList()) {
        if (!file.toString().contains("stack-cli")) {
          for (String statement : Files.readString(file).split(";\n")) {
            String message = message(statement);
            if (message.contains(" ") && NAME.matcher(message).find()) {
              found.add(message);
            }
          }
        }
      }
    }
    return found;
  }

  private static String message(String statement) {
    String code = statement.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$", "");
    StringBuilder message = new StringBuilder();
    Matcher literal = LITERAL.matcher(code);
    int end = 0;
    while (literal.find()) {
      boolean joined = code.substring(end, literal.start()).matches("\\s*\\+\\s*");
      message.append(joined || message.isEmpty() ? "" : "42").append(literal.group(1));
      end = literal.end();
    }
    return message.toString();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void noMessageOfTheLibraryShowsOne(String message) {
    for (RuntimeException failure :
        List.of(
            new PeerMisbehaved(message),
            new LimitExceeded(message),
            new SessionClosed(message),
            new FileFailure(FileError.IO_ERROR, RemotePath.of("/f"), message),
            new IllegalStateException(message))) {
      assertThat(ExitStatus.explain(failure)).doesNotContainPattern(NAME);
    }
    SessionRef session =
        SessionRef.of(
            SessionRef.Role.SERVER, "ftp", InetSocketAddress.createUnresolved("peer", 21));
    assertThat(
            SessionLog.line(
                new SessionEvent.TransferEnded(
                    session,
                    new TransferRef(1, TransferRef.Direction.SENT, RemotePath.of("/f")),
                    Outcome.failed(new SessionClosed(message)),
                    1,
                    Duration.ZERO,
                    null)))
        .doesNotContainPattern(NAME);
    assertThat(SessionLog.line(new SessionEvent.Closed(session, Outcome.COMPLETE, message)))
        .doesNotContainPattern(NAME);
  }

  @Test
  void theLibraryHasSuchMessages() throws IOException {
    assertThat(messages()).hasSizeGreaterThan(10);
  }

  @Test
  void noFailureOfJavaShowsItsClass() {
    for (Throwable failure :
        List.of(
            new NullPointerException(),
            new ClosedChannelException(),
            new UncheckedIOException(new NoSuchFileException("/x")),
            new NoSuchFileException("/x"),
            new AccessDeniedException("/x"),
            new UnknownHostException("nowhere.example"),
            new SSLHandshakeException(
                "PKIX path building failed: sun.security.provider.certpath."
                    + "SunCertPathBuilderException: unable to find valid certification path"),
            new ConnectFailed(
                "finishConnect(..) failed with error(-111): Connection refused", null),
            new SessionClosed("recvAddress(..) failed with error(-104): Connection reset by peer"),
            new SessionClosed("java.io.IOException: syscall:read(..) failed: Connection reset"),
            AtomicRefusal.ofRename(
                RemotePath.of("/f"), new FileFailure(FileError.PERMISSION_DENIED, "550 no")))) {
      assertThat(ExitStatus.explain(failure)).isNotBlank().doesNotContainPattern(NAME);
    }
    assertThat(ExitStatus.explain(new UncheckedIOException(new NoSuchFileException("/x"))))
        .isEqualTo("no such file: /x");
    assertThat(ExitStatus.explain(new AccessDeniedException("/x")))
        .isEqualTo("permission denied: /x");
    assertThat(ExitStatus.explain(new NullPointerException()))
        .isEqualTo("internal fault: null pointer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a reply has more than 9 lines (FtpLimits.replyLines)|a reply has more than 9 lines",
        "it may be cut; FtpData.withTruncationTolerated takes it"
            + "|it may be cut; --tls-tolerate-truncation takes it",
        "could be dropped unseen (CVE-2023-48795); allow it by withStrictOnly(false)"
            + "|could be dropped unseen (CVE-2023-48795)",
        "allow them with --legacy, Ciphers in ssh_config, or withDangerouslyOldOnes() of"
            + " SshAlgorithms|allow them with --legacy or Ciphers in ssh_config",
        "add one of the peer's to SshAlgorithms.ciphers or to Ciphers in ssh_config"
            + "|add one of the peer's to Ciphers in ssh_config",
      })
  void remediesAreThoseOfTheCommandLine(String message, String words) {
    assertThat(PlainWords.of(message)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "/FtpClientSettings.java: no such file",
    "550 Report.pdf: not found",
    "there is no FtpClientSettings.java on this machine",
    "com.example.Main.class is a directory",
    "local /home/ann/withDraw.txt: exists already",
    "ReadError.log: permission denied"
  })
  void namesOfFilesStayAsTheyAre(String message) {
    assertThat(PlainWords.of(message)).isEqualTo(message);
  }
}
