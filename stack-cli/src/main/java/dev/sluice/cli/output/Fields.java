package dev.sluice.cli.output;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RawName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an event of {@code --json} says, in order. What is not known is left out. */
public final class Fields {
  private final Map<String, Object> values = new LinkedHashMap<>();

  private Fields() {}

  static Fields none() {
    return new Fields();
  }

  public static Fields of(String name, @Nullable Object value) {
    return none().and(name, value);
  }

  /** Adds a text, a number, a truth or a list of texts; null adds nothing. */
  public Fields and(String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value);
    }
    return this;
  }

  /** Adds a number that may be unknown. */
  public Fields known(String name, long value) {
    return value == FileAttributes.UNKNOWN ? this : and(name, value);
  }

  /** Adds what is known about a file. */
  public Fields entry(FileEntry entry) {
    FileAttributes known = entry.attributes();
    int mode = known.permissions();
    return and("name", RawName.escape(entry.name()))
        .and("kind", known.kind().name().toLowerCase(Locale.ROOT))
        .known("size", known.size())
        .and("modified", text(known.modified()))
        .and("accessed", text(known.accessed()))
        .and("created", text(known.created()))
        .and("mode", mode < 0 ? null : String.format(Locale.ROOT, "%04o", mode))
        .and("owner", known.owner())
        .and("group", known.group())
        .and("link", known.linkTarget());
  }

  public Map<String, Object> values() {
    return values;
  }

  List<String> names() {
    return new ArrayList<>(values.keySet());
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
