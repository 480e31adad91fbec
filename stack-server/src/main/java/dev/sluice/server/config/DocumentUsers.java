package dev.sluice.server.config;

import dev.sluice.server.config.Node.Spot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The users of a document and where each of them stands, for a tool that adds and changes users.
 * Reads files: not for event loops.
 */
public final class DocumentUsers {
  private static final String USERS = "users";

  private final Path document;
  private final ConfigReader.Whole whole;
  private final Variables variables;

  private DocumentUsers(Path document, ConfigReader.Whole whole, Variables variables) {
    this.document = document;
    this.whole = whole;
    this.variables = variables;
  }

  /**
   * Where a user stands.
   *
   * @param line from 1
   * @param alone whether the file holds no other user
   */
  public record Place(Path file, int line, boolean alone) {}

  /**
   * Reads a document. A variable that is not set counts as 0: the service may have variables that
   * the shell of its operator has not.
   *
   * @throws ConfigFault with everything that is wrong
   */
  public static DocumentUsers read(Path document) {
    Function<String, @Nullable String> environment =
        name -> Optional.ofNullable(System.getenv(name)).orElse("0");
    return new DocumentUsers(
        document, ConfigReader.whole(document, environment), new Variables(environment));
  }

  /**
   * The first directory that a document includes files of. Reads no included file, so the directory
   * need not be there.
   *
   * @throws IllegalArgumentException if there is none
   * @throws ConfigFault if the document itself cannot be read
   */
  public static Path directory(Path document) {
    List<Fault> faults = new ArrayList<>();
    Node.Keys keys = YamlFile.read(document, new Variables(name -> "0"), faults);
    if (!faults.isEmpty()) {
      throw new ConfigFault(faults);
    }
    return included(document, keys).stream()
        .filter(pattern -> String.valueOf(pattern.getFileName()).contains("*"))
        .map(Path::getParent)
        .filter(directory -> directory != null)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    document
                        + " includes no directory for users; add include: [users.d/*.yaml] to it"));
  }

  /** What the document says, with all that it includes. */
  public ServerConfig config() {
    return whole.read().config();
  }

  /** Where a user stands; empty if there is none of this name. */
  public Optional<Place> place(String name) {
    return node(name)
        .map(
            node -> {
              Path file = node.spot().file();
              long users = users().stream().filter(each -> each.spot().file().equals(file)).count();
              Spot named = node.spots().getOrDefault("name", node.spot());
              return new Place(file, named.line(), users == 1 && !file.equals(document));
            });
  }

  /**
   * What a user's entry says: texts, lists and maps, with variables as they are written; empty if
   * there is no such user.
   */
  public Map<String, Object> entry(String name) {
    Map<String, Object> entry = new LinkedHashMap<>();
    node(name)
        .ifPresent(
            node ->
                node.all()
                    .forEach(
                        (key, value) -> {
                          Object plain = plain(value);
                          if (plain != null) {
                            entry.put(key, plain);
                          }
                        }));
    return entry;
  }

  /**
   * The patterns of the files that the document includes, as absolute paths whose last part may
   * have placeholders.
   */
  public List<Path> included() {
    return included(document, whole.keys());
  }

  private static List<Path> included(Path document, Node.Keys keys) {
    List<Path> all = new ArrayList<>();
    if (keys.all().get("include") instanceof Node.Items patterns) {
      for (Node each : patterns.all()) {
        if (each instanceof Node.Text text) {
          all.add(document.toAbsolutePath().resolveSibling(text.value()).normalize());
        }
      }
    }
    return all;
  }

  /**
   * The document as it would be with the file of one user.
   *
   * @param text the content of the file
   * @throws IllegalArgumentException with everything that is wrong, and no secret
   */
  public ServerConfig with(Path file, String name, String text) {
    List<Fault> faults = new ArrayList<>();
    Node.Keys keys = YamlFile.parse(file, text, variables, faults);
    UserConfig user = null;
    if (keys.all().get(USERS) instanceof Node.Items items
        && !items.all().isEmpty()
        && items.all().get(0) instanceof Node.Keys entry) {
      user = new Binder(faults, Map.of()).bind(UserConfig.class, entry, "");
    }
    if (user == null || !faults.isEmpty()) {
      throw refused(faults);
    }
    List<UserConfig> users = new ArrayList<>(config().users());
    users.removeIf(each -> each.name().equals(name));
    users.add(user);
    ServerConfig config = config().withUsers(users);
    faults.addAll(Checks.of(config, Node.Keys.none(new Spot(file, 1))));
    if (!faults.isEmpty()) {
      throw refused(faults);
    }
    return config;
  }

  private static IllegalArgumentException refused(List<Fault> faults) {
    return new IllegalArgumentException(
        faults.stream()
            .map(fault -> fault.key().isEmpty() ? fault.text() : fault.key() + ": " + fault.text())
            .distinct()
            .collect(Collectors.joining("; ")));
  }

  private List<Node.Keys> users() {
    return whole.keys().all().get(USERS) instanceof Node.Items items
        ? items.all().stream()
            .filter(Node.Keys.class::isInstance)
            .map(Node.Keys.class::cast)
            .toList()
        : List.of();
  }

  private Optional<Node.Keys> node(String name) {
    return users().stream()
        .filter(
            keys -> keys.all().get("name") instanceof Node.Text text && text.value().equals(name))
        .findFirst();
  }

  private static @Nullable Object plain(Node node) {
    if (node instanceof Node.Text text) {
      return text.written();
    }
    if (node instanceof Node.Items items) {
      return items.all().stream().map(DocumentUsers::plain).filter(each -> each != null).toList();
    }
    if (node instanceof Node.Keys keys) {
      Map<String, Object> all = new LinkedHashMap<>();
      keys.all()
          .forEach(
              (key, value) -> {
                Object plain = plain(value);
                if (plain != null) {
                  all.put(key, plain);
                }
              });
      return all;
    }
    return null;
  }
}
