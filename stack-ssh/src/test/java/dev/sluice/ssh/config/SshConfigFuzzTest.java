package dev.sluice.ssh.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any octets as a configuration file: understood, or an error that says where. */
final class SshConfigFuzzTest {
  @FuzzTest
  void aFileIsUnderstoodOrRefused(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    try {
      HostConfig host = SshConfig.parse(text, word -> List.of()).forHost("host.example");
      host.warnings();
      host.requireSupported();
      host.unknownHosts();
      host.port();
      host.jumps();
      host.path("%h/%n");
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
