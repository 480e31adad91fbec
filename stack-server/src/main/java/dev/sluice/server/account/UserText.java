package dev.sluice.server.account;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The file of one user, as YAML. */
final class UserText {
  static final String HEAD =
      "# Written by \"sluice user\", which keeps no comments in this file when it changes it.\n";

  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private UserText() {}

  /**
   * @param entry texts, lists and maps
   */
  static String of(Map<String, Object> entry) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = YAML.createGenerator(text)) {
      write(out, "", Map.of("users", List.of(entry)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HEAD + text;
  }

  /** A text that means itself, in which a document would replace variables. */
  static String literal(String text) {
    return text.replace("${", "$${");
  }

  private static void write(JsonGenerator out, String key, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      for (Map.Entry<?, ?> each : map.entrySet()) {
        out.writeFieldName(String.valueOf(each.getKey()));
        write(out, String.valueOf(each.getKey()), each.getValue());
      }
      out.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      out.writeStartArray();
      for (Object each : list) {
        write(out, key, each);
      }
      out.writeEndArray();
    } else {
      scalar(out, key, String.valueOf(value));
    }
  }

  private static void scalar(JsonGenerator out, String key, String text) throws IOException {
    if (!key.equals("name") && text.matches("true|false")) {
      out.writeBoolean(Boolean.parseBoolean(text));
    } else if (!key.equals("name") && text.matches("0|[1-9][0-9]{0,17}")) {
      out.writeNumber(Long.parseLong(text));
    } else {
      out.writeString(text);
    }
  }
}
