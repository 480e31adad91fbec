package dev.sluice.storage.decorate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.ForwardingHandle;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.GuardedSession;
import dev.sluice.api.storage.StorageSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A verb that is new in a contract gets past no decorator unseen: each overrides it, or is listed
 * here with what may pass.
 */
final class ForwardingTest {
  /** Made of other verbs, so that a decorator sees those. */
  private static final Set<String> DERIVED = Set.of("createDirectories", "exists", "home", "walk");

  private static final String WRITE = "write(RemotePath, WriteMode, Publisher)";
  private static final String WRITE_SET =
      "write(RemotePath, WriteMode, Publisher, AttributeChange)";

  /** What may pass by each decorator, and what it leaves to {@code open}. */
  private static final Map<Class<?>, Set<String>> PASSING = new HashMap<>();

  static {
    Set<String> content = Set.of("read(RemotePath, ByteRange)", WRITE, WRITE_SET);
    PASSING.put(
        GuardedSession.class, // finding out about names needs no right
        Set.of(
            "stat(RemotePath)",
            "lstat(RemotePath)",
            "readLink(RemotePath)",
            "space(RemotePath)",
            "capabilities()",
            "close()"));
    PASSING.put(
        QuotaSession.class, // takes no room, but for names
        Set.of(
            "stat(RemotePath)",
            "lstat(RemotePath)",
            "list(RemotePath)",
            "createDirectory(RemotePath)",
            "deleteDirectory(RemotePath)",
            "renameToFree(RemotePath, RemotePath)",
            "setLinkAttributes(RemotePath, AttributeChange)",
            "readLink(RemotePath)",
            "createSymbolicLink(RemotePath, String)",
            "createHardLink(RemotePath, RemotePath)",
            "checksum(RemotePath, ChecksumAlgorithm, ByteRange)"));
    PASSING.put(JailedSession.class, Set.of());
    PASSING.put(MountedSession.class, Set.of());
    PASSING.put(AuditedSession.class, plus(content, "capabilities()", "close()"));
    PASSING.put(
        ThrottledSession.class, // moves no content through this process
        plus(
            content,
            "stat(RemotePath)",
            "lstat(RemotePath)",
            "list(RemotePath)",
            "createDirectory(RemotePath)",
            "deleteFile(RemotePath)",
            "deleteDirectory(RemotePath)",
            "rename(RemotePath, RemotePath)",
            "renameToFree(RemotePath, RemotePath)",
            "setAttributes(RemotePath, AttributeChange)",
            "setLinkAttributes(RemotePath, AttributeChange)",
            "readLink(RemotePath)",
            "createSymbolicLink(RemotePath, String)",
            "createHardLink(RemotePath, RemotePath)",
            "checksum(RemotePath, ChecksumAlgorithm, ByteRange)",
            "copy(RemotePath, RemotePath)",
            "space(RemotePath)",
            "capabilities()"));
    PASSING.put(QuotaHandle.class, Set.of("stat()", "read(long, int)", "sync()", "commit()"));
    Set<String> unlent = Set.of("read(ByteRange)", "lend()", "lends()");
    PASSING.put(AuditedHandle.class, plus(unlent, "stat()", "sync()"));
    PASSING.put(
        ThrottledSession.ThrottledHandle.class,
        plus(unlent, "stat()", "truncate(long)", "sync()", "commit()", "close()"));
  }

  @Test
  void everyDecoratorOverridesEachVerbOrLetsItPassOnPurpose() {
    Map<String, Set<String>> missing = new HashMap<>();
    Map<String, Set<String>> listed = new HashMap<>();
    for (Class<?> decorator : decorators()) {
      missing.put(decorator.getSimpleName(), new TreeSet<>(missing(decorator)));
      Set<String> passing = PASSING.getOrDefault(decorator, Set.of("(not listed here)"));
      listed.put(decorator.getSimpleName(), new TreeSet<>(passing));
    }

    assertThat(missing).hasSizeGreaterThanOrEqualTo(PASSING.size()).isEqualTo(listed);
  }

  @Test
  void whatForwardsPassesNoContentBeyondOpenAndRead() {
    assertThat(verbs(StorageSession.class))
        .containsAll(verbs(ForwardingSession.class))
        .filteredOn(verb -> !declared(ForwardingSession.class).contains(verb))
        .filteredOn(verb -> !DERIVED.contains(verb.replaceAll("\\(.*", "")))
        .containsExactlyInAnyOrder("read(RemotePath, ByteRange)", WRITE, WRITE_SET);
    assertThat(verbs(FileHandle.class))
        .filteredOn(verb -> !declared(ForwardingHandle.class).contains(verb))
        .containsExactlyInAnyOrder("read(ByteRange)", "lend()", "lends()");
  }

  private static Set<Class<?>> decorators() {
    Set<Class<?>> all = new LinkedHashSet<>(Set.of(GuardedSession.class));
    try {
      Path classes =
          Path.of(QuotaSession.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      String name = QuotaSession.class.getPackageName();
      try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(file -> file.endsWith(".class") && !file.startsWith("package-info"))
            .map(file -> name + "." + file.replace(".class", ""))
            .map(ForwardingTest::load)
            .filter(type -> !type.isInterface())
            .filter(type -> !contract(type).equals(Object.class))
            .forEach(all::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
    return all;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> contract(Class<?> decorator) {
    return StorageSession.class.isAssignableFrom(decorator)
        ? StorageSession.class
        : FileHandle.class.isAssignableFrom(decorator) ? FileHandle.class : Object.class;
  }

  private static Set<String> missing(Class<?> decorator) {
    Set<String> verbs = verbs(contract(decorator));
    verbs.removeAll(declared(decorator));
    verbs.removeIf(verb -> DERIVED.contains(verb.replaceAll("\\(.*", "")));
    return verbs;
  }

  private static Set<String> verbs(Class<?> contract) {
    return Arrays.stream(contract.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !method.getName().equals("inner"))
        .map(ForwardingTest::signature)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> declared(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .map(ForwardingTest::signature)
        .collect(Collectors.toSet());
  }

  private static String signature(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", method.getName() + "(", ")"));
  }

  private static Set<String> plus(Set<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toSet());
  }
}
