package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * What a line is in a format.
 *
 * @param entry present for {@code ENTRY} and {@code JOINED}
 */
record Reading(Kind kind, @Nullable ListedEntry entry) {

  enum Kind {
    /** A name and what is known of it. */
    ENTRY,
    /** As ENTRY, together with the line HELD before. */
    JOINED,
    /** The first line of an entry that may go on in the next. */
    HELD,
    /** Of this format, but no name: a header, a total, the directory itself. */
    SKIPPED,
    /** As SKIPPED, yet other formats have such a line too. */
    COMMON,
    /** Not of this format, or an unusable name. */
    UNPARSED
  }

  static final Reading HELD = new Reading(Kind.HELD, null);
  static final Reading SKIPPED = new Reading(Kind.SKIPPED, null);
  static final Reading COMMON = new Reading(Kind.COMMON, null);
  static final Reading UNPARSED = new Reading(Kind.UNPARSED, null);

  /** An entry, unless its name is that of a directory seen from inside, or unusable. */
  static Reading entry(String name, FileAttributes attributes, boolean timed) {
    if (name.equals(".") || name.equals("..")) {
      return SKIPPED;
    }
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
      return UNPARSED;
    }
    return new Reading(Kind.ENTRY, new ListedEntry(name, attributes, timed));
  }

  Reading joined() {
    return kind == Kind.ENTRY ? new Reading(Kind.JOINED, entry) : this;
  }

  /** Whether the line shows that the listing is in this format. */
  boolean isRecognised() {
    return kind == Kind.ENTRY || kind == Kind.JOINED || kind == Kind.SKIPPED;
  }
}
