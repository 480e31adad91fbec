package dev.sluice.server.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a document with every key: its meaning above it, and what holds where nothing is set. */
public final class DocumentWriter {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9_./%+-]*");
  private static final Pattern WORD = Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n");
  private static final int STEP = 2;

  private final StringBuilder out = new StringBuilder();

  private DocumentWriter() {}

  /** The document, which reads back as an equal one. Holds what the document holds of secrets. */
  public static String write(ServerConfig config) {
    DocumentWriter writer = new DocumentWriter();
    writer.record(config, 0, "");
    return writer.out.toString();
  }

  /**
   * @param first what stands in front of the first key: the dash of a list
   */
  private void record(Object record, int indent, String first) {
    String before = first;
    for (Part part : Part.of(record.getClass())) {
      Object value = part.in(record);
      if (part.isFlat() && value != null) {
        record(value, indent, before);
        before = "";
        continue;
      }
      if (!before.isEmpty()) {
        line(indent - STEP, before.stripTrailing() + " # " + comment(part));
      } else {
        line(indent, "# " + comment(part));
      }
      before = "";
      key(part, value, indent);
    }
  }

  private void key(Part part, @Nullable Object value, int indent) {
    if (value == null) {
      line(
          indent,
          "# " + part.name() + ":" + (part.example().isEmpty() ? "" : " " + part.example()));
    } else if (value instanceof List<?> list) {
      list(part, list, indent);
    } else if (value instanceof Map<?, ?> map) {
      map(part, map, indent);
    } else if (Part.isRecord(value.getClass())) {
      line(indent, part.name() + ":");
      record(value, indent + STEP, "");
    } else {
      line(indent, part.name() + ": " + scalar(part, value));
    }
  }

  private void list(Part part, List<?> list, int indent) {
    if (list.isEmpty()) {
      line(indent, part.name() + ": []");
    } else if (!Part.isRecord(part.element())) {
      List<String> texts = list.stream().map(each -> quoted(Scalar.write(each))).toList();
      line(indent, part.name() + ": [" + String.join(", ", texts) + "]");
    } else {
      line(indent, part.name() + ":");
      list.forEach(each -> record(each, indent + 2 * STEP, "-"));
    }
  }

  private void map(Part part, Map<?, ?> map, int indent) {
    if (map.isEmpty()) {
      line(indent, part.name() + ": {}");
      return;
    }
    line(indent, part.name() + ":");
    map.forEach(
        (key, value) -> {
          String name = quoted(Scalar.write(key));
          if (Part.isRecord(value.getClass())) {
            line(indent + STEP, name + ":");
            record(value, indent + 2 * STEP, "");
          } else {
            line(indent + STEP, name + ": " + quoted(Scalar.write(value)));
          }
        });
  }

  private static String comment(Part part) {
    return part.meaning().isEmpty() ? part.name() : part.meaning();
  }

  private static String scalar(Part part, Object value) {
    return part.name().equals("umask") && value instanceof Integer mode
        ? "0%03o".formatted(mode)
        : quoted(Scalar.write(value));
  }

  /** Quoted where YAML would read something else; a plain dollar sign stays one. */
  private static String quoted(String text) {
    if (PLAIN.matcher(text).matches() && !WORD.matcher(text).matches()) {
      return text;
    }
    if (text.matches("true|false")) {
      return text;
    }
    StringBuilder out = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
              } else if (c < ' ' || c == 0x7F) {
                out.append("\\x%02x".formatted(c));
              } else {
                out.append((char) c);
              }
            });
    return out.append('"').toString();
  }

  private void line(int indent, String text) {
    out.append(" ".repeat(indent)).append(text).append('\n');
  }
}
