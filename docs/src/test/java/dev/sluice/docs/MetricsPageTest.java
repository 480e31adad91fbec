package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.SampleEvents;
import dev.sluice.transport.observe.Metrics;
import dev.sluice.transport.observe.Observations;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The tables of the page on metrics, and the queries of its dashboard, are what the code reports.
 */
final class MetricsPageTest {
  private static final Path PAGE = Path.of("metrics.md");
  private static final Path DASHBOARD = Path.of("metrics/grafana.json");
  private static final Pattern QUERY = Pattern.compile("\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern METRIC = Pattern.compile("\\bsluice_[a-z_]+");
  private static final Pattern LABELS = Pattern.compile("\\bby \\(([^)]*)\\)");

  @Test
  void everyMeterIsInTheTableWithItsTypeAndTags() throws IOException {
    TreeMap<String, String> reported = new TreeMap<>();
    for (Meter meter : meters()) {
      String type = meter.getId().getType().name().toLowerCase(Locale.ROOT);
      reported.put(meter.getId().getName(), type + " " + labels(meter));
    }
    TreeMap<String, String> written = new TreeMap<>();
    for (String[] row : rows("| meter |")) {
      written.put(code(row[1]), row[2].strip() + " " + codes(row[3]));
    }

    assertThat(written).isEqualTo(reported);
  }

  @Test
  void everyObservationIsInTheTableWithItsKeys() throws IOException {
    TreeMap<String, String> reported = new TreeMap<>();
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(new Keys(reported));
    SampleEvents.ofSession().forEach(Observations.observer(registry)::onEvent);
    TreeMap<String, String> written = new TreeMap<>();
    for (String[] row : rows("| observation |")) {
      written.put(code(row[1]), codes(row[2]) + " " + codes(row[3]));
    }

    assertThat(written).isEqualTo(reported);
  }

  @Test
  void everyQueryOfTheDashboardNamesMetricsThatAreReported() throws IOException {
    Set<String> reported =
        meters().stream().flatMap(MetricsPageTest::prometheus).collect(Collectors.toSet());
    Set<String> labels =
        meters().stream()
            .flatMap(meter -> labels(meter).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> queries =
        QUERY.matcher(Files.readString(DASHBOARD)).results().map(found -> found.group(1)).toList();

    assertThat(queries).hasSizeGreaterThan(10);
    assertThat(queries).allSatisfy(query -> assertThat(found(METRIC, query)).isNotEmpty());
    assertThat(queries.stream().flatMap(query -> found(METRIC, query).stream()))
        .allSatisfy(metric -> assertThat(reported).contains(metric));
    assertThat(
            queries.stream()
                .flatMap(query -> LABELS.matcher(query).results())
                .flatMap(by -> Stream.of(by.group(1).split(", ", -1))))
        .allSatisfy(label -> assertThat(labels).contains(label));
  }

  @Test
  void everyMeterIsOnTheDashboard() throws IOException {
    String shown = String.join(" ", found(METRIC, Files.readString(DASHBOARD)));

    assertThat(meters())
        .allSatisfy(meter -> assertThat(shown).contains(meter.getId().getName().replace('.', '_')));
  }

  private static List<Meter> meters() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    SampleEvents.ofSession().forEach(Metrics.observer(registry)::onEvent);
    SampleEvents.ofPool().forEach(Metrics.observer(registry)::onPool);
    return registry.getMeters();
  }

  /** As Prometheus names it: the unit of a timer is a second, and a counter is a total. */
  private static Stream<String> prometheus(Meter meter) {
    String name = meter.getId().getName().replace('.', '_');
    return switch (meter.getId().getType()) {
      case COUNTER -> Stream.of(name + "_total");
      case TIMER -> Stream.of("count", "sum", "max").map(part -> name + "_seconds_" + part);
      default -> Stream.of(name);
    };
  }

  private static Set<String> labels(Meter meter) {
    return meter.getId().getTags().stream()
        .map(Tag::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The rows of the table with this head. */
  private static List<String[]> rows(String head) throws IOException {
    return Files.readString(PAGE)
        .lines()
        .dropWhile(line -> !line.startsWith(head))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("\\|", -1))
        .toList();
  }

  private static String code(String cell) {
    return cell.strip().replace("`", "");
  }

  private static Set<String> codes(String cell) {
    return new TreeSet<>(Arrays.asList(code(cell).split(", ", -1)));
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).toList();
  }

  /** Keeps the keys of what has stopped. */
  private record Keys(TreeMap<String, String> seen)
      implements ObservationHandler<Observation.Context> {
    @Override
    public void onStop(Observation.Context context) {
      String low = names(context.getLowCardinalityKeyValues()).toString();
      seen.put(context.getName(), low + " " + names(context.getHighCardinalityKeyValues()));
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }

    private static Set<String> names(KeyValues values) {
      return StreamSupport.stream(values.spliterator(), false)
          .map(KeyValue::getKey)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
