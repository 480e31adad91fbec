package dev.sluice.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.server.config.ConfigReader;
import dev.sluice.server.config.UserConfig;
import dev.sluice.test.OwnThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users whom a command adds to a document, changes and removes. */
final class UserFilesTest {
  private static final String HASH = PasswordHash.of("secret").text();
  private static final String DOCUMENT =
      """
      # the comment stays
      listeners: [ { url: "ftp://127.0.0.1:0" } ]
      admin: { token: "${NOT_SET_IN_A_SHELL}" }
      include: [users.d/*.yaml]
      users:
        - { name: old, home: /srv/old }
      """;

  @TempDir private Path directory;
  private Path document;
  private UserFiles users;

  @BeforeEach
  void write() throws IOException {
    document = Files.writeString(directory.resolve("sluice.yaml"), DOCUMENT);
    users = UserFiles.of(document, config -> {});
  }

  @Test
  void aUserStandsInAFileForTheServerAloneAndTheDocumentStays() throws IOException {
    Path file = users.add("ann", Map.of("home", "/srv/{user}", "password", HASH));

    assertThat(file).isEqualTo(directory.resolve("users.d/ann.yaml"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(document).hasContent(DOCUMENT);
    assertThat(names()).containsExactly("old", "ann");
  }

  @Test
  void whatACommandDoesNotChangeStaysWithItsVariables() throws IOException {
    users.add("ann", Map.of("home", "${BASE:-/srv}/ann", "from", List.of("192.0.2.0/24")));

    users.edit("ann", entry -> with(entry, "disabled", "true"));

    assertThat(users.read().entry("ann"))
        .containsEntry("home", "${BASE:-/srv}/ann")
        .containsEntry("from", List.of("192.0.2.0/24"))
        .containsEntry("disabled", "true");
    users.remove("ann");
    assertThat(names()).containsExactly("old");
  }

  @Test
  void whoeverStandsInAFileOfAPersonIsEditedByHand() throws IOException {
    Files.createDirectory(directory.resolve("users.d"));
    Path own = directory.resolve("users.d/hand.yaml");
    Files.writeString(own, "# mine\nusers:\n  - { name: ann, home: /srv }\n");

    assertThatThrownBy(() -> users.edit("old", entry -> entry))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sluice.yaml:6")
        .hasMessageContaining("by hand");
    assertThatThrownBy(() -> users.remove("ann")).hasMessageContaining("hand.yaml:3");
    assertThatThrownBy(() -> users.edit("nobody", entry -> entry)).isInstanceOf(NoSuchUser.class);
    assertThatThrownBy(() -> users.add("ann", Map.of("home", "/srv")))
        .hasMessageContaining("hand.yaml:3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ".", "..", "../x", "a/b", "a\\b", "a:b", "a\nb", "a\u0000", " a"})
  void aNameThatIsNoStepOfAPathIsRefused(String name) {
    assertThatThrownBy(() -> users.add(name, Map.of("home", "/srv")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a name of a user");
    assertThat(parts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "ü x", ".hidden", "true", "12", "${HOME}", "a%2Fb", "null", "#", "[x]"})
  void anyOtherNameIsReadBackAsItWasGiven(String name) throws IOException {
    users.add(name, Map.of("home", "/srv/x"));

    assertThat(names()).containsExactly("old", name);
    users.edit(name, entry -> with(entry, "home", "/srv/y"));
    users.remove(name);
    assertThat(names()).containsExactly("old");
  }

  @Test
  void aNameOfThreeHundredLettersIsRefused() {
    assertThatThrownBy(() -> users.add("x".repeat(300), Map.of("home", "/srv")))
        .hasMessageContaining("longer than 200 characters");
  }

  @Test
  void whatTheServerWouldRefuseIsNotWritten() throws IOException {
    users.add("ann", Map.of("home", "/srv/ann"));
    byte[] before = Files.readAllBytes(directory.resolve("users.d/ann.yaml"));

    assertThatThrownBy(() -> users.edit("ann", entry -> with(entry, "expires", "soon")))
        .hasMessageContaining("expires: \"soon\" is no date; write 2027-01-31");
    assertThatThrownBy(() -> users.edit("ann", entry -> with(entry, "group", "none")))
        .hasMessageContaining("none of the groups");
    assertThatThrownBy(() -> users.edit("ann", entry -> with(entry, "password", "plain-text")))
        .hasMessageContaining("no hash")
        .hasMessageNotContaining("plain-text");
    assertThatThrownBy(() -> users.add("bob", Map.of())).hasMessageContaining("home");

    assertThat(directory.resolve("users.d/ann.yaml")).hasBinaryContent(before);
    assertThat(parts()).isEmpty();
    assertThat(names()).containsExactly("old", "ann");
  }

  @Test
  void aDocumentThatIncludesNothingIsNamedWithTheCure() throws IOException {
    Files.writeString(document, DOCUMENT.replaceAll("(?m)^include.*\n", ""));

    assertThatThrownBy(() -> users.add("ann", Map.of("home", "/srv")))
        .hasMessageContaining("add include: [users.d/*.yaml]");
  }

  @Test
  void commandsAtOneTimeLoseNoUserAndNoChange() throws IOException {
    users.add("shared", Map.of("home", "/srv", "from", List.of("192.0.2.1/32")));

    List<CompletableFuture<Void>> all =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () -> {
                          try {
                            users.add("u" + i, Map.of("home", "/srv"));
                            users.edit("shared", entry -> longer(entry, "10.0.0." + i));
                          } catch (IOException e) {
                            throw new UncheckedIOException(e);
                          }
                        },
                        new OwnThread("user-files")))
            .toList();
    all.forEach(CompletableFuture::join);

    assertThat(names()).hasSize(10);
    assertThat((List<?>) users.read().entry("shared").get("from")).hasSize(9);
    assertThat(parts()).isEmpty();
  }

  private static Map<String, Object> longer(Map<String, Object> entry, String network) {
    List<?> before = (List<?>) entry.get("from");
    return with(
        entry,
        "from",
        Stream.concat(before.stream().map(Object::toString), Stream.of(network)).toList());
  }

  private static Map<String, Object> with(Map<String, Object> entry, String key, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(entry);
    all.put(key, value);
    return all;
  }

  private List<String> names() {
    return ConfigReader.read(document, name -> "x").config().users().stream()
        .map(UserConfig::name)
        .toList();
  }

  /** What a write has left that did not get its name. */
  private List<Path> parts() {
    Path included = directory.resolve("users.d");
    if (!Files.exists(included)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(included)) {
      return all.filter(each -> each.toString().endsWith(".part")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
