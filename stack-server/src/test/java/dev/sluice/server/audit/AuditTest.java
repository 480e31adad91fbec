package dev.sluice.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.ByteRange;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.server.test.ServedDocument;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What users do is in the audit log, and they cannot forge a line of it. */
final class AuditTest {
  private static final RemotePath FILE = RemotePath.of("/a \"b\".txt");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ftps", "sftp"})
  void everythingThatAUserDoesIsOneLine(String scheme) throws Exception {
    try (ServedDocument server = start("json")) {
      FileSession session = server.login(scheme, "ann");
      session.write(FILE, WriteMode.inPlace(), text("12345")).block(ServedDocument.PATIENCE);
      session
          .read(FILE, ByteRange.all())
          .doOnNext(ReferenceCountUtil::release)
          .blockLast(ServedDocument.PATIENCE);
      session.createDirectory(RemotePath.of("/d")).block(ServedDocument.PATIENCE);
      session.rename(FILE, RemotePath.of("/d/c")).block(ServedDocument.PATIENCE);
      session.deleteFile(RemotePath.of("/d/c")).block(ServedDocument.PATIENCE);
      session.deleteDirectory(RemotePath.of("/d")).block(ServedDocument.PATIENCE);
      assertThatThrownBy(
              () ->
                  session
                      .read(RemotePath.of("/none"), ByteRange.all())
                      .blockLast(ServedDocument.PATIENCE))
          .isInstanceOf(FileFailure.class);
      session.close().block(ServedDocument.PATIENCE);
      assertThatThrownBy(() -> server.login(scheme, "ann", "Wr0ng").block(ServedDocument.PATIENCE))
          .isInstanceOf(AuthenticationFailed.class);
    }
    List<Map<String, String>> lines = lines();
    assertThat(words(lines))
        .containsSubsequence(
            "login / ok null",
            "upload /a \"b\".txt ok 5",
            "download /a \"b\".txt ok 5",
            "mkdir /d ok null",
            "rename /a \"b\".txt ok null",
            "delete /d/c ok null",
            "rmdir /d ok null",
            "download /none not_found null")
        .contains("login_refused / refused null")
        .anyMatch(line -> line.startsWith("logout / "));
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line)
                    .containsEntry("user", "ann")
                    .containsEntry("address", "127.0.0.1")
                    .containsEntry("protocol", scheme)
                    .containsKeys("time", "session", "port", "result"));
    assertThat(text()).doesNotContain("secret", "Wr0ng");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "text"})
  void aNameWithALineEndForgesNoLine(String format) throws Exception {
    try (ServedDocument server = start(format)) {
      FileSession session = server.login("sftp", "ann");
      RemotePath evil =
          RemotePath.of(
              "/x\n2026-01-01T00:00:00.000Z login_refused address=\"192.0.2.1\"\u001b[2J\u202e");
      session.write(evil, WriteMode.inPlace(), text("1")).block(ServedDocument.PATIENCE);
      session.deleteFile(evil).block(ServedDocument.PATIENCE);
      session.close().block(ServedDocument.PATIENCE);
    }
    assertThat(text().lines()).hasSize(4);
    assertThat(text())
        .contains("/x\\u000a2026", "\\u001b[2J\\u202e")
        .doesNotContain("\u001b", "\u202e", "address=\"192");
  }

  private ServedDocument start(String format) throws IOException {
    return ServedDocument.start(
        directory,
        "audit: { file: '%s', format: %s }".formatted(directory.resolve("audit.log"), format),
        "users:",
        ServedDocument.user(directory, "ann", ""));
  }

  private String text() throws IOException {
    return Files.readString(directory.resolve("audit.log"));
  }

  private List<Map<String, String>> lines() throws IOException {
    List<Map<String, String>> all = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("audit.log"))) {
      all.add(object(line));
    }
    return all;
  }

  private static Map<String, String> object(String line) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          values.put(parser.currentName(), parser.getText());
        }
      }
    }
    return values;
  }

  private static List<String> words(List<Map<String, String>> lines) {
    return lines.stream()
        .map(
            line ->
                line.get("event")
                    + " "
                    + line.getOrDefault("path", "/")
                    + " "
                    + line.get("result")
                    + " "
                    + line.get("octets"))
        .toList();
  }

  private static Mono<ByteBuf> text(String text) {
    return Mono.fromSupplier(() -> Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }
}
