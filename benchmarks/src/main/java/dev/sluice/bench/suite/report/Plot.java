package dev.sluice.bench.suite.report;

import dev.sluice.bench.suite.worker.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The pictures of the results page. */
final class Plot {
  private static final String DOWN_COLOUR = Svg.COLOURS.get(0);
  private static final String UP_COLOUR = Svg.COLOURS.get(1);
  private static final int WIDTH = 860;
  private static final int LEFT = 230;
  private static final int RIGHT = 110;
  private static final int TOP = 60;
  private static final int BAR = 14;
  private static final int ROW = 40;
  private static final int HEADING = 30;
  private static final int TICKS = 5;

  private Plot() {}

  /** A bar for each pair and direction, protocol below protocol. */
  static String throughput(Results results) {
    int height = TOP + 20;
    double most = 1;
    for (Protocol protocol : Protocol.values()) {
      height += HEADING + ROW * pairs(results, Parts.BIG, protocol).size();
      most = Math.max(most, most(results, Parts.BIG, protocol));
    }
    Svg svg = new Svg(WIDTH, height);
    svg.text(20, 24, "start", "Throughput of one big file in memory, MB/s, medians, warm");
    svg.rectangle(LEFT, 34, BAR, BAR, DOWN_COLOUR).text(LEFT + 20, 46, "start", "down");
    svg.rectangle(LEFT + 80, 34, BAR, BAR, UP_COLOUR).text(LEFT + 100, 46, "start", "up");
    double y = TOP;
    for (Protocol protocol : Protocol.values()) {
      y += HEADING;
      svg.text(20, y - 8, "start", protocol.label() + " (" + protocol.protection() + ")");
      for (String pair : pairs(results, Parts.BIG, protocol)) {
        svg.text(LEFT - 10, y + BAR + 5, "end", pair);
        bar(svg, y, find(results, Parts.BIG, protocol, pair, Parts.DOWN), most, DOWN_COLOUR);
        bar(svg, y + BAR + 2, find(results, Parts.BIG, protocol, pair, Parts.UP), most, UP_COLOUR);
        y += ROW;
      }
    }
    return svg.document();
  }

  private static void bar(Svg svg, double y, Optional<Figure> figure, double most, String colour) {
    figure.ifPresent(
        it -> {
          double wide = (WIDTH - LEFT - RIGHT) * it.median() / most;
          svg.rectangle(LEFT, y, wide, BAR, colour);
          svg.text(LEFT + wide + 6, y + BAR - 2, "start", whole(it.median()));
        });
  }

  /** A line for each pair, by round trip. */
  static String longWay(Results results, String direction, List<Integer> millis) {
    int plotHeight = 360;
    List<Curve> curves = curves(results, direction, millis);
    double most = curves.stream().mapToDouble(Curve::most).max().orElse(1);
    Svg svg = new Svg(WIDTH, TOP + plotHeight + 60);
    svg.text(20, 24, "start", "Throughput over a way of 1 Gbit/s, " + direction + ", MB/s");
    double left = 70;
    double wide = WIDTH - left - 270;
    for (int i = 0; i <= TICKS; i++) {
      double y = TOP + plotHeight * (1 - (double) i / TICKS);
      svg.line(left, y, left + wide, y, "#dddddd");
      svg.text(left - 8, y + 4, "end", whole(most * i / TICKS));
    }
    int longest = millis.get(millis.size() - 1);
    for (int each : millis) {
      svg.text(left + wide * each / longest, TOP + plotHeight + 20, "middle", each + " ms");
    }
    svg.text(left + wide / 2, TOP + plotHeight + 44, "middle", "time there and back");
    for (int i = 0; i < curves.size(); i++) {
      String colour = Svg.COLOURS.get(i % Svg.COLOURS.size());
      curves.get(i).draw(svg, new Frame(left, wide, plotHeight, longest, most), colour);
      double y = TOP + 10 + 22 * i;
      svg.rectangle(left + wide + 24, y - 10, BAR, BAR, colour);
      svg.text(left + wide + 44, y + 2, "start", curves.get(i).name());
    }
    return svg.document();
  }

  private static List<Curve> curves(Results results, String direction, List<Integer> millis) {
    List<Curve> curves = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      for (String pair : pairs(results, Parts.LONG, protocol)) {
        List<Point> points = new ArrayList<>();
        for (int each : millis) {
          find(results, Parts.LONG, protocol, pair, Parts.over(direction, each))
              .ifPresent(figure -> points.add(new Point(each, figure.median())));
        }
        if (!points.isEmpty()) {
          curves.add(new Curve(protocol.label() + " " + pair, points));
        }
      }
    }
    return curves;
  }

  private static Set<String> pairs(Results results, String part, Protocol protocol) {
    Set<String> pairs = new LinkedHashSet<>();
    results.of(part, protocol).forEach(figure -> pairs.add(figure.pair()));
    return pairs;
  }

  private static double most(Results results, String part, Protocol protocol) {
    return results
        .of(part, protocol)
        .filter(figure -> !figure.what().endsWith(Parts.CPU))
        .mapToDouble(Figure::median)
        .max()
        .orElse(1);
  }

  private static Optional<Figure> find(
      Results results, String part, Protocol protocol, String pair, String what) {
    return results
        .of(part, protocol)
        .filter(figure -> figure.pair().equals(pair) && figure.what().equals(what))
        .findFirst();
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  private record Point(int millis, double rate) {}

  /** Where a curve is drawn, and what its ends mean. */
  private record Frame(double left, double wide, double high, int longest, double most) {
    double x(Point point) {
      return left + wide * point.millis() / longest;
    }

    double y(Point point) {
      return TOP + high * (1 - point.rate() / most);
    }
  }

  private record Curve(String name, List<Point> points) {
    double most() {
      return points.stream().mapToDouble(Point::rate).max().orElse(1);
    }

    void draw(Svg svg, Frame frame, String colour) {
      Point before = points.get(0);
      for (Point point : points) {
        svg.line(frame.x(before), frame.y(before), frame.x(point), frame.y(point), colour);
        svg.dot(frame.x(point), frame.y(point), colour);
        before = point;
      }
    }
  }
}
