package dev.sluice.test;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Appends one line for each conformance row and test to {@code target/conformance.tsv}.
 *
 * <p>A line is {@code ID<TAB>class#method<TAB>PASSED|FAILED} in UTF-8. A test with many invocations
 * passes when each of them did; a skipped test writes nothing. The file only grows until the module
 * is cleaned: for one identifier and test the last line counts.
 */
public final class ConformanceReport implements TestExecutionListener {
  private static final Path FILE = Path.of("target", "conformance.tsv");

  private final Map<String, Boolean> passedByRow = new TreeMap<>();

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == Status.ABORTED) {
      return;
    }
    boolean passed = result.getStatus() == Status.SUCCESSFUL;
    test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .ifPresent(source -> rows(source).forEach(row -> record(row, passed)));
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan plan) {
    if (passedByRow.isEmpty()) {
      return;
    }
    String lines =
        passedByRow.entrySet().stream()
            .map(row -> row.getKey() + "\t" + (row.getValue() ? "PASSED" : "FAILED") + "\n")
            .collect(Collectors.joining());
    passedByRow.clear();
    try {
      Files.createDirectories(FILE.getParent());
      // One write in append mode, so that test processes side by side never mix their lines.
      Files.writeString(FILE, lines, CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void record(String row, boolean passed) {
    passedByRow.merge(row, passed, Boolean::logicalAnd);
  }

  private static Stream<String> rows(MethodSource source) {
    String name = source.getClassName() + "#" + source.getMethodName();
    return Stream.of(
            source.getJavaClass().getAnnotation(Conforms.class),
            source.getJavaMethod().getAnnotation(Conforms.class))
        .filter(conforms -> conforms != null)
        .flatMap(conforms -> Stream.of(conforms.value()))
        .distinct()
        .map(id -> id + "\t" + name);
  }
}
