package dev.sluice.docs;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import javax.lang.model.element.Modifier;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A class of many fields does two things, and so does a long method. */
final class ClassSizeTest {
  private static final int MOST_FIELDS = 12;
  private static final int MOST_LINES = 40;

  /** Classes that have more today. A number only falls, and a class that fits leaves the list. */
  private static final Map<String, Integer> MORE_FIELDS =
      Map.ofEntries(
          entry("dev.sluice.cli.command.ServeCommand", 13),
          entry("dev.sluice.ftp.FtpClientSettings", 13), // one for each method of the client
          entry("dev.sluice.ftp.FtpServerSettings", 14), // and of the server
          entry("dev.sluice.ssh.SshClientSettings", 15),
          entry("dev.sluice.ssh.SshServerSettings", 17),
          entry("dev.sluice.ssh.key.Certificate", 13), // the parts of PROTOCOL.certkeys
          entry("dev.sluice.storage.gateway.GatewayHandle", 13),
          entry("dev.sluice.storage.local.ReadAhead.Reading", 13),
          entry("dev.sluice.storage.memory.Node", 13));

  /** Methods that have more lines today; as above. */
  private static final Map<String, Integer> MORE_LINES =
      Map.ofEntries(entry("dev.sluice.bench.TlsLoopback.<init>", 47));

  private static final String LIST = "or shorten the list where it is out of date";

  private static final Sizes SIZES = new Sizes();

  @BeforeAll
  static void measure() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources = SourceFilesTest.all();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      Trees trees = Trees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Ruler(unit, trees.getSourcePositions()).scan(unit, SIZES);
      }
    }
    assertThat(SIZES.fields).isNotEmpty();
    assertThat(SIZES.lines).isNotEmpty();
  }

  @Test
  void noClassHoldsMoreFieldsThanAReaderKeepsInMind() {
    assertThat(over(MOST_FIELDS, SIZES.fields))
        .as(
            "more than %d fields; give a part of the class a type of its own, %s",
            MOST_FIELDS, LIST)
        .isEqualTo(new TreeMap<>(MORE_FIELDS));
  }

  @Test
  void noMethodIsLongerThanAScreen() {
    assertThat(over(MOST_LINES, SIZES.lines))
        .as("more than %d lines; part the method, %s", MOST_LINES, LIST)
        .isEqualTo(new TreeMap<>(MORE_LINES));
  }

  private static Map<String, Integer> over(int most, Map<String, Integer> sizes) {
    return sizes.entrySet().stream()
        .filter(size -> size.getValue() > most)
        .collect(toMap(Entry::getKey, Entry::getValue, Math::max, TreeMap::new));
  }

  /** By name; of overloads the longest counts. */
  private record Sizes(Map<String, Integer> fields, Map<String, Integer> lines) {
    Sizes() {
      this(new TreeMap<>(), new TreeMap<>());
    }
  }

  /** Measures a file: the fields of an instance, and lines without the Javadoc above. */
  private static final class Ruler extends TreePathScanner<Void, Sizes> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final ArrayDeque<String> names = new ArrayDeque<>();

    Ruler(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
      if (unit.getPackageName() != null) {
        names.push(unit.getPackageName().toString());
      }
    }

    @Override
    public Void visitClass(ClassTree type, Sizes sizes) {
      names.push(names.peek() + "." + type.getSimpleName());
      if (type.getKind() != Tree.Kind.INTERFACE) {
        long fields = type.getMembers().stream().filter(Ruler::isField).count();
        sizes.fields.put(names.element(), (int) fields);
      }
      super.visitClass(type, sizes);
      names.pop();
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Sizes sizes) {
      long first = line(positions.getStartPosition(unit, method));
      long last = line(positions.getEndPosition(unit, method));
      String name = names.element() + "." + method.getName();
      sizes.lines.merge(name, (int) (last - first + 1), Math::max);
      return super.visitMethod(method, sizes);
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }

    private static boolean isField(Tree member) {
      return member instanceof VariableTree field
          && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }
  }
}
