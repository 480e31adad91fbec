package dev.sluice.server.account;

import dev.sluice.server.config.DocumentUsers;
import dev.sluice.server.config.ServerConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Adds, changes and removes users of a document. Each user whom it writes stands in a file of their
 * own in a directory that the document includes, so that the document itself, with its comments,
 * stays as it is. A change is made whole or not at all, and only if the document is in order with
 * it. Reads and writes files: not for event loops.
 */
public final class UserFiles {
  private static final int MOST_CHARACTERS = 200;
  private static final String PLAIN = "[A-Za-z0-9_@.-]";

  private final Path document;
  private final Consumer<ServerConfig> check;

  private UserFiles(Path document, Consumer<ServerConfig> check) {
    this.document = document;
    this.check = check;
  }

  /**
   * The users of {@code document}.
   *
   * @param check throws {@link IllegalArgumentException} for a document that a server would refuse
   */
  public static UserFiles of(Path document, Consumer<ServerConfig> check) {
    return new UserFiles(document, check);
  }

  /** The users as they are now. */
  public DocumentUsers read() {
    return DocumentUsers.read(document);
  }

  /**
   * Adds a user.
   *
   * @param entry what a document says of a user, without the name: texts, lists and maps
   * @return the file that the user stands in
   * @throws IllegalArgumentException if there is one already, if something is wrong with the entry,
   *     or if the document includes no directory
   * @throws dev.sluice.server.config.ConfigFault if the document has faults already
   * @throws IOException if the file cannot be written, or others changed users for 10 seconds
   */
  public Path add(String name, Map<String, Object> entry) throws IOException {
    requireName(name);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", UserText.literal(name));
    all.putAll(entry);
    try (DirectoryLock lock = DirectoryLock.on(directory())) {
      DocumentUsers users = read();
      users
          .place(name)
          .ifPresent(
              place -> {
                throw new IllegalArgumentException(
                    "there is a user %s already: %s:%d"
                        .formatted(name, place.file(), place.line()));
              });
      Path file = file(users, name);
      if (Files.exists(file)) {
        throw new IllegalArgumentException(
            file + " is there already, and holds no user " + name + "; move it away");
      }
      write(users, file, name, all, lock);
      return file;
    }
  }

  /**
   * Changes a user.
   *
   * @param change of what the document says of the user
   * @return the file that the user stands in
   * @throws NoSuchUser if there is none
   * @throws IllegalArgumentException if the user is in a file that this class did not write; the
   *     message names file and line. Otherwise as {@link #add}
   */
  public Path edit(String name, UnaryOperator<Map<String, Object>> change) throws IOException {
    try (DirectoryLock lock = DirectoryLock.on(directory())) {
      DocumentUsers users = read();
      Path file = own(users, name, "edit it by hand");
      write(users, file, name, change.apply(users.entry(name)), lock);
      return file;
    }
  }

  /** Removes a user; refused as {@link #edit}. */
  public Path remove(String name) throws IOException {
    try (DirectoryLock lock = DirectoryLock.on(directory())) {
      Path file = own(read(), name, "remove it by hand");
      lock.delete(file);
      return file;
    }
  }

  /**
   * Adds the users of another server, each of them or not at all.
   *
   * @param others keys that all of them have, in place of what the other server said
   * @param dry whether nothing is written
   * @return one line for each who is added, or is not, with what was lost on the way
   */
  public List<UserImport> addAll(List<ForeignUser> foreign, Map<String, Object> others, boolean dry)
      throws IOException {
    try (DirectoryLock lock = DirectoryLock.on(directory())) {
      DocumentUsers users = read();
      Set<String> seen = new HashSet<>();
      List<UserImport> all = new ArrayList<>();
      for (ForeignUser each : foreign) {
        ForeignUser user = each.with(others);
        List<String> lost = new ArrayList<>(user.lost());
        if (user.name().isEmpty() && !lost.isEmpty()) {
          all.add(new UserImport(user, false, lost));
          continue;
        }
        try {
          requireFree(users, user, seen);
          Path file = file(users, user.name());
          String text = fitting(users, file, user, lost);
          if (!dry) {
            lock.replace(file, text);
          }
          all.add(new UserImport(user, true, lost));
        } catch (IllegalArgumentException e) {
          lost.add(String.valueOf(e.getMessage()));
          all.add(new UserImport(user, false, lost));
        }
      }
      return all;
    }
  }

  private static void requireFree(DocumentUsers users, ForeignUser user, Set<String> seen) {
    requireName(user.name());
    if (users.place(user.name()).isPresent() || !seen.add(user.name())) {
      throw new IllegalArgumentException("there is a user of this name already");
    }
  }

  /** With as many limits as the server has means for. */
  private String fitting(DocumentUsers users, Path file, ForeignUser user, List<String> lost) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", UserText.literal(user.name()));
    entry.putAll(user.entry());
    checked(users, file, user.name(), UserText.of(entry));
    user.limits()
        .forEach(
            (key, value) -> {
              entry.put(key, value);
              try {
                checked(users, file, user.name(), UserText.of(entry));
              } catch (IllegalArgumentException e) {
                entry.remove(key);
                lost.add(key + ": " + e.getMessage());
              }
            });
    return UserText.of(entry);
  }

  private void write(
      DocumentUsers users, Path file, String name, Map<String, Object> entry, DirectoryLock lock)
      throws IOException {
    String text = UserText.of(entry);
    checked(users, file, name, text);
    lock.replace(file, text);
  }

  private void checked(DocumentUsers users, Path file, String name, String text) {
    ServerConfig config = users.with(file, name, text);
    check.accept(config);
    DocumentAccounts.of(config);
  }

  private static Path own(DocumentUsers users, String name, String remedy) throws IOException {
    DocumentUsers.Place place = users.place(name).orElseThrow(() -> new NoSuchUser(name));
    if (!place.alone() || !Files.readString(place.file()).startsWith(UserText.HEAD)) {
      throw new IllegalArgumentException(
          "user %s is in %s:%d, which this command did not write; %s"
              .formatted(name, place.file(), place.line(), remedy));
    }
    return place.file();
  }

  /** Made if it is not there, since the document has a fault without it. */
  private Path directory() throws IOException {
    Path directory = DocumentUsers.directory(document);
    if (!Files.isDirectory(directory)) {
      DirectoryLock.make(directory, document);
    }
    return directory;
  }

  private static Path file(DocumentUsers users, String name) {
    String encoded = encoded(name);
    List<String> tried = new ArrayList<>();
    for (Path pattern : users.included()) {
      String last = String.valueOf(pattern.getFileName());
      int star = last.indexOf('*');
      if (star >= 0) {
        String own = last.substring(0, star) + encoded + last.substring(star + 1).replace("*", "");
        if (FileSystems.getDefault().getPathMatcher("glob:" + last).matches(Path.of(own))) {
          return pattern.resolveSibling(own);
        }
        tried.add(last);
      }
    }
    throw new IllegalArgumentException(
        "no file of a user fits what is included: " + tried + "; write include: [users.d/*.yaml]");
  }

  /** Every name has a file name of its own, without steps and placeholders. */
  private static String encoded(String name) {
    StringBuilder out = new StringBuilder();
    name.codePoints()
        .forEach(
            c -> {
              String each = Character.toString(c);
              if (each.matches(PLAIN) && !(c == '.' && out.isEmpty())) {
                out.append(each);
              } else {
                for (byte octet : each.getBytes(StandardCharsets.UTF_8)) {
                  out.append("%%%02X".formatted(octet));
                }
              }
            });
    return out.toString();
  }

  private static void requireName(String name) {
    boolean step = name.equals(".") || name.equals("..");
    boolean plain =
        name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
    if (name.isBlank() || step || !plain || !name.equals(name.strip())) {
      throw new IllegalArgumentException(
          "a name of a user is one step of a path, without /, \\, : and control characters");
    }
    if (encoded(name).length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "the name of the user is longer than %d characters".formatted(MOST_CHARACTERS));
    }
  }
}
