package dev.sluice.server.admin;

import dev.sluice.server.admin.TrafficHistory.Second;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** The traffic of the last minutes as a picture of two lines. */
final class TrafficPlot {
  private static final int WIDTH = TrafficHistory.SECONDS;
  private static final int HEIGHT = 60;

  private TrafficPlot() {}

  static String of(List<Second> seconds) {
    long most = seconds.stream().mapToLong(s -> Math.max(s.received(), s.sent())).max().orElse(0);
    long top = Math.max(1, most);
    String words =
        "Octets per second in the last five minutes, at most %s/s".formatted(Units.octets(most));
    return "<figure><svg viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"%s\">%s%s</svg><figcaption>%s. <span class=\"up\">Up</span>, <span class=\"down\">down</span>.</figcaption></figure>"
        .formatted(
            WIDTH,
            HEIGHT,
            Html.text(words),
            line("up", seconds, Second::received, top),
            line("down", seconds, Second::sent, top),
            Html.text(words));
  }

  private static String line(
      String name, List<Second> seconds, ToLongFunction<Second> value, long top) {
    StringBuilder points = new StringBuilder();
    int first = WIDTH - seconds.size();
    for (int i = 0; i < seconds.size(); i++) {
      double y = HEIGHT - 1 - (HEIGHT - 2.0) * value.applyAsLong(seconds.get(i)) / top;
      points.append(String.format(Locale.ROOT, "%d,%.1f ", first + i, y));
    }
    return "<polyline class=\"%s\" points=\"%s\"/>".formatted(name, points.toString().strip());
  }
}
