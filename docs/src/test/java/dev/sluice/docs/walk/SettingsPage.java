package dev.sluice.docs.walk;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The tables of settings: a row for each, with its default as the code has it and its meaning as
 * the Javadoc has it.
 */
final class SettingsPage {
  /** Settings whose default is no value that a reader could write down. */
  private static final String BY_CODE = "";

  private final Map<String, Map<String, String>> meanings = new TreeMap<>();

  SettingsPage() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      List<Path> roots =
          modules
              .map(module -> module.resolve("src/main/java"))
              .filter(Files::isDirectory)
              .toList();
      for (Path root : roots) {
        read(root);
      }
    }
  }

  /** A table for the settings of a façade. */
  String table(String facade, Record settings) {
    StringBuilder rows = new StringBuilder();
    rows.append("## ").append(facade).append("\n\n");
    rows.append("| method | setting | default | meaning |\n|---|---|---|---|\n");
    for (RecordComponent group : settings.getClass().getRecordComponents()) {
      Object value = value(settings, group);
      if (value instanceof Record nested && isGroup(nested)) {
        for (RecordComponent setting : nested.getClass().getRecordComponents()) {
          rows.append(row(group.getName(), setting, nested));
        }
      } else {
        rows.append(row(group.getName(), group, settings));
      }
    }
    return rows.append('\n').toString();
  }

  private static boolean isGroup(Record value) {
    return Arrays.stream(value.getClass().getInterfaces())
        .anyMatch(with -> with.getName().endsWith("Builder$With"));
  }

  private String row(String method, RecordComponent setting, Record holder) {
    String meaning =
        meanings
            .getOrDefault(holder.getClass().getSimpleName(), Map.of())
            .getOrDefault(setting.getName(), "");
    return "| `%s` | `%s` | %s | %s |%n"
        .formatted(method, setting.getName(), text(value(holder, setting)), meaning);
  }

  private static Object value(Record holder, RecordComponent component) {
    try {
      return component.getAccessor().invoke(holder);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Object value) {
    if (value == null) {
      return "none";
    }
    if (value instanceof Duration time) {
      return time.isZero() ? "0" : words(time);
    }
    if (value instanceof Boolean || value instanceof Enum<?>) {
      return "`" + value + "`";
    }
    if (value instanceof Long || value instanceof Integer) {
      return "%,d".formatted(((Number) value).longValue());
    }
    if (value instanceof String text) {
      return text.isEmpty() ? "empty" : "`" + text + "`";
    }
    if (value instanceof Collection<?> several) {
      return several.isEmpty() ? "empty" : listed(several);
    }
    return Optional.of(value)
        .filter(Record.class::isInstance)
        .map(record -> components((Record) record))
        .orElse(BY_CODE);
  }

  private static String listed(Collection<?> several) {
    return several.stream()
        .map(
            each ->
                each instanceof Collection<?> steps
                    ? steps.stream().map(String::valueOf).collect(Collectors.joining(" + "))
                    : String.valueOf(each))
        .collect(Collectors.joining(", "));
  }

  /** Only values that say something by themselves. */
  private static String components(Record record) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (RecordComponent each : record.getClass().getRecordComponents()) {
      Object part = value(record, each);
      String text = part instanceof Record ? "" : text(part);
      if (!text.isEmpty()) {
        parts.put(each.getName(), text);
      }
    }
    return parts.entrySet().stream()
        .map(part -> part.getKey() + " " + part.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String words(Duration time) {
    return time.toMillisPart() != 0
        ? time.toMillis() + " ms"
        : time.toSeconds() % 3600 == 0
            ? time.toHours() + " h"
            : time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }

  private void read(Path root) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
        Stream<Path> files = Files.walk(root)) {
      List<Path> sources =
          files.filter(file -> file.toString().endsWith(".java")).filter(this::isRecord).toList();
      if (sources.isEmpty()) {
        return;
      }
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(sources));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Reader(trees).scan(unit, null);
      }
    }
  }

  private boolean isRecord(Path file) {
    try {
      return Files.readString(file).contains("@RecordBuilder");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Collects what Javadoc says of the components of a record. */
  private final class Reader extends TreePathScanner<Void, Void> {
    private final DocTrees trees;

    Reader(DocTrees trees) {
      this.trees = trees;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
      if (comment != null) {
        Map<String, String> of = new TreeMap<>();
        comment.getBlockTags().stream()
            .filter(ParamTree.class::isInstance)
            .map(ParamTree.class::cast)
            .forEach(tag -> of.put(tag.getName().toString(), plain(tag.getDescription())));
        meanings.putIfAbsent(type.getSimpleName().toString(), of);
      }
      return super.visitClass(type, null);
    }

    private String plain(List<?> description) {
      return description.stream()
          .map(String::valueOf)
          .collect(Collectors.joining())
          .replaceAll("\\s+", " ")
          .replaceAll("\\{@(?:code|value) ([^}]*)}", "`$1`")
          .replaceAll("\\{@link (?:[\\w.]*\\.)?#?(\\w+)(?:#(\\w+))?[^}]*}", "`$1$2`")
          .replace("|", "\\|");
    }
  }
}
