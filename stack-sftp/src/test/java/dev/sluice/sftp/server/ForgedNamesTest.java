package dev.sluice.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.DraftExtension;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.Extension;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenSshExtension;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpAttributes.Owner;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.storage.local.LocalStorage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Names and targets of links that hold control characters reach no text that a client shows: no
 * line of a listing, no message of a status. Names themselves travel as they are.
 */
final class ForgedNamesTest {
  private static final String NAME =
      "a\r\n-rw-r--r-- 1 x x 1 Jan  1 2020 forged\u001b[2J\u0007\u0085\u009b1mb\u202e";
  private static final Set<Class<?>> ENDS = Set.of(DraftExtension.VersionSelect.class);

  @TempDir private Path root;

  @ParameterizedTest
  @EnumSource(
      value = SftpVersion.class,
      names = {"V3", "V6"},
      mode = Mode.INCLUDE)
  void noRequestBringsOneIntoATextThatIsShown(SftpVersion version)
      throws ReflectiveOperationException, IOException {
    Set<String> asked = new TreeSet<>();
    for (Class<?> kind : kinds()) {
      for (String path : List.of(NAME, "links/" + NAME, NAME + "/missing", "links/target")) {
        tree();
        try (ServedClient client =
            ServedClient.of(LocalStorage.at(root), SftpServerSettings.DEFAULT, version)) {
          for (SftpRequest request : requests(kind, path, client)) {
            check(client.ask(request), kind, path);
            asked.add(kind.getSimpleName());
          }
        }
      }
    }
    assertThat(asked).hasSizeGreaterThan(30);
  }

  @ParameterizedTest
  @EnumSource(
      value = SftpVersion.class,
      names = {"V3", "V6"},
      mode = Mode.INCLUDE)
  void aListingHasOneLineForEachEntryAndTheNameAsItIs(SftpVersion version) throws IOException {
    tree();
    try (ServedClient client =
        ServedClient.of(LocalStorage.at(root), SftpServerSettings.DEFAULT, version)) {
      SftpResponse opened =
          client.ask(new PathRequest.Plain(PathRequest.Plain.Kind.OPENDIR, 1, "."));
      SftpResponse listed =
          client.ask(new HandleRequest.Readdir(2, ((SftpResponse.Handle) opened).handle()));

      check(listed, HandleRequest.Readdir.class, ".");
      assertThat(((SftpResponse.Name) listed).entries())
          .extracting(SftpResponse.Name.Entry::name)
          .contains(NAME);
    }
  }

  private static void check(SftpResponse response, Class<?> kind, String path) {
    String what = kind.getSimpleName() + " of " + path;
    if (response instanceof SftpResponse.Status status) {
      assertClean(status.message(), what);
    } else if (response instanceof SftpResponse.Name names) {
      names.entries().forEach(entry -> assertClean(entry.longname(), what));
    }
    response.payload().release();
  }

  private static void assertClean(String text, String what) {
    assertThat(text)
        .as(what)
        .doesNotContain("\u202e")
        .satisfies(shown -> assertThat(shown.chars().anyMatch(Character::isISOControl)).isFalse());
  }

  /** Every record that is a request or an extension. */
  private static List<Class<?>> kinds() {
    return Stream.of(SftpRequest.class, OpenSshExtension.class, DraftExtension.class)
        .flatMap(ForgedNamesTest::records)
        .filter(kind -> kind != Extended.class && !ENDS.contains(kind))
        .toList();
  }

  private static Stream<Class<?>> records(Class<?> kind) {
    return kind.isRecord()
        ? Stream.of(kind)
        : Arrays.stream(kind.getPermittedSubclasses()).flatMap(ForgedNamesTest::records);
  }

  private static List<SftpRequest> requests(Class<?> kind, String path, ServedClient client)
      throws ReflectiveOperationException {
    if (kind == PathRequest.Plain.class) {
      List<SftpRequest> plain = new ArrayList<>();
      for (PathRequest.Plain.Kind each : PathRequest.Plain.Kind.values()) {
        plain.add(new PathRequest.Plain(each, client.nextId(), path));
      }
      return plain;
    }
    Object made = made(kind, path, client);
    return List.of(
        made instanceof Extension extension
            ? new Extended(client.nextId(), extension)
            : (SftpRequest) made);
  }

  private static Object made(Class<?> kind, String path, ServedClient client)
      throws ReflectiveOperationException {
    RecordComponent[] parts = kind.getRecordComponents();
    Class<?>[] types = new Class<?>[parts.length];
    Object[] values = new Object[parts.length];
    boolean byHandle = Arrays.stream(parts).anyMatch(part -> part.getType() == SftpHandle.class);
    for (int i = 0; i < parts.length; i++) {
      types[i] = parts[i].getType();
      values[i] = value(parts[i], path, byHandle, client);
    }
    var constructor = kind.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  private static Object value(
      RecordComponent part, String path, boolean byHandle, ServedClient client) {
    Class<?> type = part.getType();
    if (type == int.class) {
      return part.getName().equals("id") ? client.nextId() : 0;
    }
    if (type == String.class) {
      return byHandle && part.getName().equals("path") ? null : path;
    }
    if (type == SftpHandle.class) {
      return client.open(NAME, OpenHow.reading());
    }
    if (type == SftpAttributes.class) {
      return client.dialect().version() == SftpVersion.V3
          ? SftpAttributes.NONE.withPermissions(0700)
          : SftpAttributes.NONE.withOwner(new Owner(NAME, NAME));
    }
    if (type == List.class) {
      boolean texts = part.getGenericType().getTypeName().contains("String");
      return texts ? List.of("sha256", path) : List.of(0L);
    }
    return type == long.class
        ? (Object) 0L
        : type == boolean.class
            ? (Object) false
            : type == OpenHow.class
                ? OpenHow.reading()
                : type == byte[].class
                    ? new byte[0]
                    : type == ByteBuf.class ? Unpooled.wrappedBuffer(new byte[] {1}) : null;
  }

  private void tree() throws IOException {
    Path file = root.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      remove(root);
      Files.writeString(file, "x");
    }
    Files.createDirectories(root.resolve("links"));
    Path target = root.resolve("links/target");
    Files.deleteIfExists(target);
    Files.createSymbolicLink(target, Path.of("nowhere" + NAME));
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        if (!path.equals(directory)) {
          Files.delete(path);
        }
      }
    }
  }
}
