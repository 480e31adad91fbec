package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a library lets its users name is written down, so that a change of it is seen in a review.
 * {@code docs/api/generate} writes the lists anew.
 */
final class ApiBaselineTest {
  private static final Path LISTS = Path.of("api");
  private static final Pattern EXPORT = Pattern.compile("(?m)^ +exports ([\\w.]+);");

  static Stream<String> libraries() throws IOException {
    try (Stream<Path> directories = Files.list(Path.of(".."))) {
      return directories
          .filter(it -> Files.exists(it.resolve("src/main/java/module-info.java")))
          .map(it -> it.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void theListOfALibraryHasAllThatItsUsersCanName(String library) throws IOException {
    String list = list(library);
    Path file = LISTS.resolve(library + ".txt");
    if (Boolean.getBoolean("api.write")) {
      Files.createDirectories(LISTS);
      Files.writeString(file, list);
    }

    assertThat(list).contains("  public ");
    assertThat(file).as("docs/api/generate writes it").hasContent(list);
  }

  private static String list(String library) throws IOException {
    Path info = Path.of("..", library, "src/main/java/module-info.java");
    Set<String> exported =
        EXPORT
            .matcher(Files.readString(info))
            .results()
            .map(it -> it.group(1))
            .collect(Collectors.toSet());
    return Sluice.CLASSES.stream()
        .filter(type -> exported.contains(type.getPackageName()))
        .map(type -> type.reflect())
        .filter(ApiBaselineTest::isVisible)
        .sorted(Comparator.comparing(Class::getName))
        .flatMap(type -> lines(type).stream())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static boolean isVisible(Class<?> type) {
    for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
      if (!isVisible(at.getModifiers()) || at.isAnonymousClass()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static List<String> lines(Class<?> type) {
    List<String> lines = new ArrayList<>();
    lines.add(head(type) + above(type));
    Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
        .flatMap(Arrays::stream)
        .filter(member -> isVisible(((Member) member).getModifiers()))
        .filter(member -> !((Member) member).isSynthetic() && !isImplied(type, (Member) member))
        .map(ApiBaselineTest::line)
        .sorted()
        .forEach(line -> lines.add("  " + line));
    return lines;
  }

  /** Every record has them. */
  private static boolean isImplied(Class<?> type, Member member) {
    return type.isRecord() && Set.of("equals", "hashCode", "toString").contains(member.getName());
  }

  /** Written here, since later versions of Java say more. */
  private static String head(Class<?> type) {
    String kind =
        type.isAnnotation()
            ? "@interface"
            : type.isInterface()
                ? "interface"
                : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    int shown = type.getModifiers() & (Modifier.PROTECTED | Modifier.FINAL);
    int abstractness = type.isInterface() ? 0 : type.getModifiers() & Modifier.ABSTRACT;
    String parameters =
        Arrays.stream(type.getTypeParameters())
            .map(it -> it.getName())
            .collect(Collectors.joining(", ", "<", ">"));
    return Stream.of(
            Modifier.toString(shown | abstractness),
            type.isSealed() ? "sealed" : "",
            kind,
            type.getTypeName() + (parameters.equals("<>") ? "" : parameters))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** What it extends and implements. */
  private static String above(Class<?> type) {
    List<String> names = new ArrayList<>();
    if (type.getGenericSuperclass() != null && type.getSuperclass() != Object.class) {
      names.add(type.getGenericSuperclass().getTypeName());
    }
    Arrays.stream(type.getGenericInterfaces()).forEach(it -> names.add(it.getTypeName()));
    return names.isEmpty()
        ? ""
        : names.stream().sorted().collect(Collectors.joining(", ", ": ", ""));
  }

  private static String line(AccessibleObject member) {
    String text =
        member instanceof Field field
            ? field.toGenericString()
            : member instanceof Method method
                ? method.toGenericString()
                : ((Constructor<?>) member).toGenericString();
    Class<?> owner = ((Member) member).getDeclaringClass();
    return text.replaceFirst(Pattern.quote(owner.getTypeName() + "."), "");
  }
}
