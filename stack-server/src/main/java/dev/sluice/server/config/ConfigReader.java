package dev.sluice.server.config;

import dev.sluice.server.config.Node.Spot;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document, with the files that it includes, and checks all of it. Reads files: not for
 * event loops.
 */
public final class ConfigReader {
  private static final List<String> INCLUDED = List.of("users", "groups");
  private static final int MOST_FILES = 10_000;

  private final Variables variables;
  private final List<Fault> faults = new ArrayList<>();
  private final Set<Path> files = new TreeSet<>();

  private ConfigReader(Function<String, @Nullable String> environment) {
    this.variables = new Variables(environment);
  }

  /**
   * A document that is whole.
   *
   * @param config what it says
   * @param files the files that it was read from, and the directories of those included
   */
  public record Read(ServerConfig config, Set<Path> files) {
    public Read {
      files = Set.copyOf(files);
    }
  }

  /**
   * Reads {@code file} with the variables of the process.
   *
   * @throws ConfigFault with everything that is wrong
   */
  public static Read read(Path file) {
    return read(file, System::getenv);
  }

  /**
   * Reads {@code file}.
   *
   * @param environment the variables; null for a name = not set
   * @throws ConfigFault with everything that is wrong
   */
  public static Read read(Path file, Function<String, @Nullable String> environment) {
    return new ConfigReader(environment).document(file).read();
  }

  /**
   * A document with the places of its keys.
   *
   * @param keys with those of the files that it includes
   */
  record Whole(Read read, Node.Keys keys) {}

  /** As {@link #read}. */
  static Whole whole(Path file, Function<String, @Nullable String> environment) {
    return new ConfigReader(environment).document(file);
  }

  private Whole document(Path file) {
    files.add(file);
    Node.Keys root = YamlFile.read(file, variables, faults);
    if (!faults.isEmpty() && root.all().isEmpty()) {
      throw fault(); // what cannot be read lacks no keys
    }
    Node.Keys whole = included(file, root);
    Map<Class<?>, Object> bases = new HashMap<>();
    bases.put(ProtocolConfig.class, ProtocolConfig.DEFAULT);
    bases.put(ProtocolConfig.class, protocols(whole, bases));
    ServerConfig config = new Binder(faults, bases).bind(ServerConfig.class, whole, "");
    if (config != null && faults.isEmpty()) {
      faults.addAll(Checks.of(config, whole));
    }
    if (config == null || !faults.isEmpty()) {
      throw fault();
    }
    return new Whole(new Read(config.withInclude(List.of()), files), whole);
  }

  /** What the document says of protocols holds for each listener that says nothing else. */
  private static ProtocolConfig protocols(Node.Keys whole, Map<Class<?>, Object> bases) {
    Map<String, Node> own = new LinkedHashMap<>(whole.all());
    own.keySet().retainAll(Known.names(ProtocolConfig.class));
    Node.Keys keys = new Node.Keys(whole.spot(), own, whole.spots());
    ProtocolConfig read = new Binder(new ArrayList<>(), bases).bind(ProtocolConfig.class, keys, "");
    return read == null ? ProtocolConfig.DEFAULT : read; // its faults are found again
  }

  private Node.Keys included(Path file, Node.Keys root) {
    if (!(root.all().get("include") instanceof Node.Items patterns)) {
      return root;
    }
    Map<String, Node> all = new LinkedHashMap<>(root.all());
    for (Node each : patterns.all()) {
      if (each instanceof Node.Text pattern) {
        for (Path more : matching(file, pattern)) {
          if (files.add(more)) {
            merge(YamlFile.read(more, variables, faults), all);
          }
        }
      }
    }
    return new Node.Keys(root.spot(), all, root.spots());
  }

  private void merge(Node.Keys more, Map<String, Node> all) {
    more.all()
        .forEach(
            (key, node) -> {
              if (!INCLUDED.contains(key) || !(node instanceof Node.Items items)) {
                Spot spot = more.spots().getOrDefault(key, node.spot());
                String text = "an included file has lists of users: and groups:, and no other key";
                faults.add(new Fault(spot.file(), spot.line(), key, text));
              } else if (all.get(key) instanceof Node.Items before) {
                List<Node> joined = new ArrayList<>(before.all());
                joined.addAll(items.all());
                all.put(key, new Node.Items(before.spot(), joined));
              } else if (all.get(key) == null || all.get(key) instanceof Node.Nothing) {
                all.put(key, items);
              }
            });
  }

  private List<Path> matching(Path file, Node.Text pattern) {
    Path written = Path.of(pattern.value());
    Path beside = file.toAbsolutePath().getParent();
    Path whole = beside == null ? written : beside.resolve(written);
    Path directory = whole.getParent();
    Path name = whole.getFileName();
    List<Path> found = new ArrayList<>();
    if (directory == null || name == null) {
      return found;
    }
    files.add(directory); // a file that is added there changes the document
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, name.toString())) {
      for (Path each : all) {
        if (found.size() == MOST_FILES) {
          note(pattern.spot(), pattern.shown() + " fits more than " + MOST_FILES + " files");
          break;
        }
        found.add(each);
      }
    } catch (IOException e) {
      note(pattern.spot(), "the directory " + directory + " cannot be read");
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }

  private void note(Spot spot, String text) {
    faults.add(new Fault(spot.file(), spot.line(), "include", text));
  }

  private ConfigFault fault() {
    return new ConfigFault(
        faults.stream()
            .distinct()
            .sorted(Comparator.comparing(Fault::file).thenComparingInt(Fault::line))
            .toList());
  }
}
