package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import dev.sluice.ftp.command.FileTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of MLST or MLSD: {@code fact=value;fact=value; name} (RFC 3659 section 7.2).
 *
 * @param facts by name in lower case, in order, including unknown ones; no value holds a {@code ;}
 * @param name the rest of the line: a name for MLSD, a whole path for MLST
 */
public record MlsxEntry(Map<String, String> facts, String name) {
  /** A CR alone ends no line, so a name may hold one. */
  private static final String FORBIDDEN = "\n\0";

  private static final int MAX_FACTS = 100;

  public MlsxEntry {
    facts.forEach(MlsxEntry::check);
    if (name.isEmpty() || holdsAny(name, FORBIDDEN)) {
      throw new IllegalArgumentException("no name for an entry: \"" + name + "\"");
    }
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /**
   * Reads a line without its end and, for MLST, without the blank before it. Empty = the line is no
   * entry.
   *
   * <p>A value may hold {@code =} and, with some servers, blanks: facts end at a blank that follows
   * a {@code ;}. When a fact appears twice, the first value counts.
   */
  public static Optional<MlsxEntry> parse(String line) {
    return strict(line).or(() -> lenient(line));
  }

  /**
   * Reads the form that drafts of RFC 3659 had and some servers still use: no {@code ;} after the
   * last fact, facts without a value or empty, a tab before the name. Facts end at the first blank,
   * and one of them must be well known.
   */
  private static Optional<MlsxEntry> lenient(String line) {
    int blank = 0;
    while (blank < line.length() && line.charAt(blank) != ' ' && line.charAt(blank) != '\t') {
      blank++;
    }
    if (blank + 1 >= line.length() || holdsAny(line, FORBIDDEN)) {
      return Optional.empty();
    }
    String[] parts = line.substring(0, blank).split(";", MAX_FACTS + 2);
    if (parts.length > MAX_FACTS + 1) {
      return Optional.empty();
    }
    Map<String, String> facts = new LinkedHashMap<>();
    for (String fact : parts) {
      int equals = fact.indexOf('=');
      if (equals > 0) {
        facts.putIfAbsent(
            fact.substring(0, equals).toLowerCase(Locale.ROOT), fact.substring(equals + 1));
      }
    }
    boolean known =
        facts.containsKey("type") || facts.containsKey("size") || facts.containsKey("modify");
    return known ? Optional.of(new MlsxEntry(facts, line.substring(blank + 1))) : Optional.empty();
  }

  private static Optional<MlsxEntry> strict(String line) {
    Map<String, String> facts = new LinkedHashMap<>();
    int at = 0;
    while (at < line.length() && line.charAt(at) != ' ') {
      int end = line.indexOf(';', at);
      int equals = line.indexOf('=', at);
      if (equals <= at || end < equals || facts.size() == MAX_FACTS) {
        return Optional.empty();
      }
      String fact = line.substring(at, equals).toLowerCase(Locale.ROOT);
      if (holdsAny(fact, " ;=")) {
        return Optional.empty();
      }
      facts.putIfAbsent(fact, line.substring(equals + 1, end));
      at = end + 1;
    }
    boolean usable = at + 1 < line.length() && !holdsAny(line, FORBIDDEN);
    return usable ? Optional.of(new MlsxEntry(facts, line.substring(at + 1))) : Optional.empty();
  }

  /** The entry as it stands on the wire. */
  public String format() {
    StringBuilder line = new StringBuilder(64 + name.length());
    facts.forEach((fact, value) -> line.append(fact).append('=').append(value).append(';'));
    return line.append(' ').append(name).toString();
  }

  /** The value of a fact, whose name is in lower case; null = not given. */
  public @Nullable String fact(String fact) {
    return facts.get(fact);
  }

  /** Whether this is the directory that was listed, not something in it. */
  public boolean isCurrent() {
    return "cdir".equalsIgnoreCase(fact("type"));
  }

  /** Whether this is the parent of the directory that was listed. */
  public boolean isParent() {
    return "pdir".equalsIgnoreCase(fact("type"));
  }

  /** The attributes in the facts; values that cannot be read count as not given. */
  public FileAttributes attributes() {
    MlsxType type = MlsxType.of(fact("type"));
    String size = fact("size");
    FileKind kind = fact("type") == null && size != null ? FileKind.FILE : type.kind();
    return FileAttributes.of(kind)
        .withSize(size == null ? FileAttributes.UNKNOWN : Numbers.of(size))
        .withModified(FileTime.parse(text("modify")).orElse(null))
        .withCreated(FileTime.parse(text("create")).orElse(null))
        .withPermissions(Numbers.mode(text("unix.mode")))
        .withOwner(
            first("unix.ownername", "unix.owner", "unix.uid"),
            first("unix.groupname", "unix.group", "unix.gid"))
        .withIdentity(fact("unique"))
        .withLinkTarget(type.linkTarget());
  }

  private String text(String fact) {
    return facts.getOrDefault(fact, "");
  }

  private @Nullable String first(String... names) {
    for (String fact : names) {
      if (!text(fact).isEmpty()) {
        return text(fact);
      }
    }
    return null;
  }

  private static void check(String fact, String value) {
    if (fact.isEmpty() || holdsAny(fact, "=; " + FORBIDDEN) || holdsAny(value, ";" + FORBIDDEN)) {
      throw new IllegalArgumentException("no fact: " + fact + "=" + value);
    }
  }

  private static boolean holdsAny(String text, String characters) {
    for (int i = 0; i < characters.length(); i++) {
      if (text.indexOf(characters.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }
}
