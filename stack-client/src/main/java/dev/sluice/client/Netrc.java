package dev.sluice.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A file of logins, as ftp(1) describes it: {@code machine}, {@code default}, {@code login}, {@code
 * password}. Words may be in double quotes, with a backslash before a quote. {@code account} and
 * macros are skipped, and what follows a {@code #} at the start of a word is a comment.
 */
public final class Netrc {
  private static final long MAX_OCTETS = 1 << 20;

  private final List<Entry> entries;

  private Netrc(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * A login.
   *
   * @param machine a host; null = every other host
   * @param login empty = not given
   * @param password null = not given
   */
  public record Entry(@Nullable String machine, String login, @Nullable String password) {
    @Override
    public String toString() {
      return "Entry[" + machine + ", " + login + "]";
    }
  }

  /**
   * Reads a file. Blocks: not for event loops.
   *
   * @throws IOException when others than its owner can use it, and for a line that is not
   *     understood; names the file and the line, and no secret
   */
  public static Netrc read(Path file) throws IOException {
    if (Files.size(file) > MAX_OCTETS) {
      throw new FileSystemException(file.toString(), null, "is larger than 1 MiB");
    }
    PrivateFile.require(file, "passwords");
    try {
      return parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new FileSystemException(file.toString(), null, e.getMessage());
    }
  }

  /**
   * Reads the text of such a file.
   *
   * @throws IllegalArgumentException naming the line that is not understood
   */
  public static Netrc parse(String text) {
    NetrcWords words = new NetrcWords(text);
    List<Entry> entries = new ArrayList<>();
    for (String next = words.next(); next != null; next = words.next()) {
      String word = next;
      switch (word) {
        case "machine" -> entries.add(new Entry(words.value(word), "", null));
        case "default" -> entries.add(new Entry(null, "", null));
        case "login" ->
            change(
                entries,
                words,
                last -> new Entry(last.machine(), words.value(word), last.password()));
        case "password" ->
            change(
                entries, words, last -> new Entry(last.machine(), last.login(), words.value(word)));
        case "account" -> words.value(word);
        case "macdef" -> words.skipMacro();
        default ->
            throw words.fault("expected machine, default, login, password, account or macdef");
      }
    }
    return new Netrc(entries);
  }

  /**
   * The first login for a host, else the default.
   *
   * @param user null = anybody
   */
  public Optional<Entry> find(String host, @Nullable String user) {
    return entries.stream()
        .filter(entry -> entry.machine() != null && entry.machine().equalsIgnoreCase(host))
        .filter(entry -> suits(entry, user))
        .findFirst()
        .or(
            () ->
                entries.stream()
                    .filter(entry -> entry.machine() == null && suits(entry, user))
                    .findFirst())
        .map(entry -> user == null ? entry : new Entry(entry.machine(), user, entry.password()));
  }

  private static boolean suits(Entry entry, @Nullable String user) {
    return user == null || entry.login().isEmpty() || entry.login().equals(user);
  }

  private static void change(List<Entry> entries, NetrcWords words, UnaryOperator<Entry> change) {
    if (entries.isEmpty()) {
      throw words.fault("a login or a password stands before the first machine");
    }
    int last = entries.size() - 1;
    entries.set(last, change.apply(entries.get(last)));
  }
}
