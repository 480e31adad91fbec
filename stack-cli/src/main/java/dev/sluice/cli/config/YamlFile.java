package dev.sluice.cli.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads keys and texts; nothing else of YAML is of use here. */
final class YamlFile {
  private static final long MAX_OCTETS = 1 << 20;
  private static final int MAX_DEPTH = 8;

  private final Path file;

  private YamlFile(Path file) {
    this.file = file;
  }

  /** The keys of a file; none if it is empty. */
  static Node.Keys read(Path file) throws IOException {
    if (Files.size(file) > MAX_OCTETS) {
      throw new ConfigFault(file, 0, "it is larger than 1 MiB");
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    try (JsonParser parser = new YAMLFactory().createParser(text)) {
      return new YamlFile(file).document(parser);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new ConfigFault(file, line, "it is no YAML"); // the reason may quote a secret
    }
  }

  private Node.Keys document(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return new Node.Keys(1, Map.of());
    }
    if (!(value(parser, first, 0) instanceof Node.Keys keys)) {
      throw new ConfigFault(file, 1, "it must begin with a key, such as bookmarks:");
    }
    if (parser.nextToken() != null) {
      throw new ConfigFault(file, line(parser), "it holds a second document");
    }
    return keys;
  }

  private Node value(JsonParser parser, JsonToken token, int depth) throws IOException {
    int line = line(parser);
    if (depth > MAX_DEPTH) {
      throw new ConfigFault(file, line, "it is nested more than " + MAX_DEPTH + " deep");
    }
    if (token.isScalarValue()) {
      return new Node.Text(line, token == JsonToken.VALUE_NULL ? "" : parser.getText());
    }
    if (token != JsonToken.START_OBJECT) {
      throw new ConfigFault(file, line, "a list has no meaning here");
    }
    Map<String, Node> all = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      int at = line(parser);
      if (all.put(key, value(parser, parser.nextToken(), depth + 1)) != null) {
        throw new ConfigFault(file, at, key + " is there twice");
      }
    }
    return new Node.Keys(line, all);
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }
}
