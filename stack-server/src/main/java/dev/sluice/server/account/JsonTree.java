package dev.sluice.server.account;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON text as maps, lists and texts; null is left out. */
final class JsonTree {
  private JsonTree() {}

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException with the line of what is wrong; the parser bounds the depth
   */
  static Map<?, ?> object(String text) {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      Object value = value(parser, parser.nextToken());
      if (value instanceof Map<?, ?> map) {
        return map;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("this is no JSON", e);
    }
    throw new IllegalArgumentException("this is no object of JSON");
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> all = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken next = parser.nextToken();
        if (next != JsonToken.VALUE_NULL) {
          all.put(name, value(parser, next));
        }
      }
      return all;
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> all = new ArrayList<>();
      for (JsonToken next = parser.nextToken();
          next != null && next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        if (next != JsonToken.VALUE_NULL) {
          all.add(value(parser, next));
        }
      }
      return all;
    }
    return token == null ? "" : parser.getText();
  }
}
