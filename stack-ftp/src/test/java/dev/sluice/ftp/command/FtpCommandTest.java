package dev.sluice.ftp.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.FileFailure;
import dev.sluice.ftp.PathCharset;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FtpCommandTest {

  @ParameterizedTest
  @ValueSource(strings = {"a\nDELE b", "a\r\nDELE b", "a\0b", "\n"})
  @Conforms("FTP-006")
  void anArgumentThatForgesACommandIsRefusedBeforeAnythingIsWritten(String path) {
    ByteBuf out = Unpooled.buffer();

    assertThatThrownBy(() -> new OnPath(Verb.RETR, path).encode(out, PathCharset.UTF_8))
        .isInstanceOf(FileFailure.class)
        .hasMessageNotContainingAny("\n", "\0");
    assertThat(out.isReadable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOOP\nDELE b", "NOOP\rDELE b", "NO\0OP"})
  @Conforms({"FTP-006", "FTP-034"})
  void aRawCommandIsOneLine(String line) {
    assertThatThrownBy(() -> new Raw(line)).isInstanceOf(FileFailure.class);
  }

  @Test
  @Conforms({"FTP-005", "FTP-007"})
  void crIsSentWithNulAndIacDoubled() {
    assertThat(wire(new OnPath(Verb.STOR, "a\rb\uDCFF"))).isEqualTo("STOR a\r\0b\u00ff\u00ff\r\n");
  }

  @Test
  @Conforms("FTP-001")
  void theVerbIsSentInUpperCaseAndWithoutArgumentWithoutBlank() {
    assertThat(wire(new Bare(Verb.PWD))).isEqualTo("PWD\r\n");
  }

  @Test
  @Conforms("FTP-034")
  void secretsAreNeverShown() {
    assertThat(new Secret(Verb.PASS, "hunter2").describe()).isEqualTo("PASS ****");
    assertThat(new Secret(Verb.PASS, "hunter2")).asString().doesNotContain("hunter2");
    assertThat(new Raw("pass hunter2")).asString().doesNotContain("hunter2");
    assertThat(new Raw("ACCT hunter2").describe()).doesNotContain("hunter2");
  }

  @Test
  @Conforms("FTP-025")
  void whatIsShownHoldsNoControls() {
    assertThat(new OnPath(Verb.CWD, "a\u001b[2J\r").describe()).isEqualTo("CWD a\\x1b[2J\\x0d");
  }

  @Test
  @Conforms("FTP-034")
  void aRawCommandIsSentAsItIs() {
    assertThat(wire(new Raw("site  Chmod 644 f "))).isEqualTo("site  Chmod 644 f \r\n");
  }

  private static String wire(FtpCommand command) {
    ByteBuf out = Unpooled.buffer();
    command.encode(out, PathCharset.UTF_8);
    return out.toString(StandardCharsets.ISO_8859_1);
  }
}
