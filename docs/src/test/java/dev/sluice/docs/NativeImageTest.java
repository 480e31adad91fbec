package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What GraalVM cannot see by itself is written down, and is what the code has: the handlers whose
 * methods Netty looks up, and the classes that Bouncy Castle finds by name. Written with {@code
 * -Dnative.write=true}.
 */
final class NativeImageTest {
  /** The Java whose lists are written down. */
  private static final int NEWEST = 25;

  private static final String BOUNCY_CASTLE = BouncyCastleProvider.class.getName();

  @ParameterizedTest
  @ValueSource(strings = {"transport", "tls", "ftp"})
  void everyHandlerOfAChannelIsListed(String module) throws IOException {
    List<String> entries =
        Sluice.CLASSES.stream()
            .filter(type -> type.getName().startsWith("dev.sluice." + module + "."))
            .filter(type -> type.isAssignableTo(ChannelHandler.class) && !type.isInterface())
            .map(JavaClass::getName)
            .sorted()
            .map(name -> entry(name, name, "\"queryAllPublicMethods\": true"))
            .toList();

    check(module, "handlers", entries);
  }

  @Test
  void everyClassThatBouncyCastleFindsByNameIsListed() throws IOException {
    Provider general = new BouncyCastleProvider();
    TreeSet<String> names = new TreeSet<>(mappings());
    Stream.of(general, new BouncyCastleJsseProvider(false, general))
        .flatMap(provider -> provider.getServices().stream())
        .map(Provider.Service::getClassName)
        .forEach(names::add);

    String made = "\"methods\": [{\"name\": \"<init>\", \"parameterTypes\": []}]";
    check("tls", "bouncycastle", names.stream().map(it -> entry(it, BOUNCY_CASTLE, made)).toList());
  }

  /** The provider makes one of each, by a name that it puts together. */
  private static List<String> mappings() throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(jar(BouncyCastleProvider.class));
        Stream<Path> files = Files.walk(jar.getPath("/org/bouncycastle"))) {
      return files
          .map(file -> file.toString().substring(1))
          .filter(name -> name.endsWith("$Mappings.class"))
          .map(name -> name.replace('/', '.').substring(0, name.length() - ".class".length()))
          .toList();
    }
  }

  private static Path jar(Class<?> type) {
    try {
      URI location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(location);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String entry(String name, String reachable, String what) {
    return String.format(
        "  {\"name\": \"%s\", \"condition\": {\"typeReachable\": \"%s\"}, %s}",
        name, reachable, what);
  }

  private static void check(String module, String kind, List<String> entries) throws IOException {
    String artifact = "stack-" + module;
    Path file =
        Path.of("..", artifact, "src/main/resources/META-INF/native-image/dev.sluice", artifact)
            .resolve(kind)
            .resolve("reflect-config.json");
    String config = entries.stream().collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    if (Boolean.getBoolean("native.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, config);
    }

    assertThat(entries).isNotEmpty();
    if (Runtime.version().feature() >= NEWEST) {
      assertThat(file).hasContent(config);
    } else { // Bouncy Castle has more for a newer Java
      assertThat(Files.readString(file)).contains(entries);
    }
  }
}
