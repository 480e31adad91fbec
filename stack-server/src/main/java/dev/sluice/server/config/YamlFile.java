package dev.sluice.server.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.sluice.server.config.Node.Spot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one file of YAML into nodes that know their lines. */
final class YamlFile {
  private static final long MAX_OCTETS = 16 << 20;
  private static final int MAX_DEPTH = 32;

  private final Path file;
  private final Variables variables;
  private final List<Fault> faults;

  private YamlFile(Path file, Variables variables, List<Fault> faults) {
    this.file = file;
    this.variables = variables;
    this.faults = faults;
  }

  /** The keys of a file; none if it is empty or no YAML, which is then among {@code faults}. */
  static Node.Keys read(Path file, Variables variables, List<Fault> faults) {
    Node.Keys none = Node.Keys.none(new Spot(file, 1));
    try {
      if (Files.size(file) > MAX_OCTETS) {
        faults.add(new Fault(file, 0, "", "the file is larger than 16 MiB; split it with include"));
        return none;
      }
      return parse(file, Files.readString(file, StandardCharsets.UTF_8), variables, faults);
    } catch (IOException e) {
      String why = e.getClass().getSimpleName().replace("Exception", "");
      faults.add(new Fault(file, 0, "", "the file cannot be read: " + why));
    }
    return none;
  }

  /** The keys of a text that is, or will be, the content of {@code file}. */
  static Node.Keys parse(Path file, String text, Variables variables, List<Fault> faults) {
    Node.Keys none = Node.Keys.none(new Spot(file, 1));
    try {
      return new YamlFile(file, variables, faults).document(text, none);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      // The reason of the parser may quote a secret.
      faults.add(new Fault(file, line, "", "this is no YAML: look at the indentation and quotes"));
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory can be read", e);
    }
    return none;
  }

  private Node.Keys document(String text, Node.Keys none) throws IOException {
    try (YAMLParser parser = new YAMLFactory().createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL) {
        return none;
      }
      if (!(value(parser, first, 0) instanceof Node.Keys keys)) {
        faults.add(new Fault(file, 1, "", "the file must begin with a key, such as listeners:"));
        return none;
      }
      if (parser.nextToken() != null) {
        int line = line(parser);
        faults.add(new Fault(file, line, "", "a second document begins here; remove the ---"));
      }
      return keys;
    }
  }

  private Node value(YAMLParser parser, JsonToken token, int depth) throws IOException {
    Spot spot = new Spot(file, line(parser));
    if (depth > MAX_DEPTH) {
      faults.add(new Fault(file, spot.line(), "", "nested more than " + MAX_DEPTH + " deep"));
      parser.skipChildren();
      return new Node.Nothing(spot);
    }
    if (parser.isCurrentAlias()) {
      faults.add(
          new Fault(file, spot.line(), "", "an alias (*name) is not read; write the value out"));
      return new Node.Nothing(spot);
    }
    if (token == JsonToken.VALUE_NULL) {
      return new Node.Nothing(spot);
    }
    if (token.isScalarValue()) {
      String written = parser.getText();
      return new Node.Text(spot, variables.replaced(written, spot, faults), written);
    }
    return token == JsonToken.START_OBJECT ? keys(parser, spot, depth) : items(parser, spot, depth);
  }

  private Node items(YAMLParser parser, Spot spot, int depth) throws IOException {
    List<Node> all = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      all.add(value(parser, next, depth + 1));
    }
    return new Node.Items(spot, all);
  }

  private Node keys(YAMLParser parser, Spot spot, int depth) throws IOException {
    Map<String, Node> all = new LinkedHashMap<>();
    Map<String, Spot> spots = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      Spot at = new Spot(file, line(parser));
      Node value = value(parser, parser.nextToken(), depth + 1);
      if (all.put(key, value) != null) {
        faults.add(new Fault(file, at.line(), key, "the key is there twice; remove one"));
      }
      spots.put(key, at);
    }
    return new Node.Keys(spot, all, spots);
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }
}
