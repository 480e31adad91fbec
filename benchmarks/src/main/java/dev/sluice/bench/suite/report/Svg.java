package dev.sluice.bench.suite.report;

import java.util.List;
import java.util.Locale;

/** A drawing that is being made: elements of SVG as text. Coordinates are pixels. */
final class Svg {
  /** Colours that can be told apart, also without colour vision (Okabe and Ito). */
  static final List<String> COLOURS =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#666666", "#000000",
          "#8a6d3b", "#7b3294", "#b2182b");

  private final StringBuilder elements = new StringBuilder();
  private final int width;
  private final int height;

  Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  Svg rectangle(double x, double y, double wide, double high, String colour) {
    return add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
        x, y, wide, high, colour);
  }

  Svg line(double fromX, double fromY, double toX, double toY, String colour) {
    return add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
        fromX, fromY, toX, toY, colour);
  }

  Svg dot(double x, double y, String colour) {
    return add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>", x, y, colour);
  }

  /**
   * Writes words.
   *
   * @param anchor {@code start}, {@code middle} or {@code end}: which part of them is at x
   */
  Svg text(double x, double y, String anchor, String words) {
    return add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped(words));
  }

  /** The whole, as a file. */
  String document() {
    return String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\""
            + " height=\"%2$d\" font-family=\"sans-serif\" font-size=\"13\">%n"
            + "<rect width=\"%1$d\" height=\"%2$d\" fill=\"#ffffff\"/>%n%3$s</svg>%n",
        width,
        height,
        elements);
  }

  private Svg add(String element, Object... values) {
    elements.append(String.format(Locale.ROOT, element, values)).append('\n');
    return this;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
