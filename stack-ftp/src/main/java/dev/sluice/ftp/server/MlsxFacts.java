package dev.sluice.ftp.server;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import dev.sluice.api.login.Right;
import dev.sluice.ftp.command.FileTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The facts that a client has selected for MLST and MLSD (RFC 3659 section 7).
 *
 * @param selected in the order of {@link Fact}
 */
record MlsxFacts(Set<Fact> selected) {
  static final MlsxFacts DEFAULT = new MlsxFacts(EnumSet.allOf(Fact.class));

  /** The facts offered. */
  enum Fact {
    TYPE("type"),
    SIZE("size"),
    MODIFY("modify"),
    CREATE("create"),
    PERM("perm"),
    UNIQUE("unique"),
    MODE("UNIX.mode"),
    OWNER("UNIX.owner"),
    GROUP("UNIX.group");

    private final String wireName;

    Fact(String wireName) {
      this.wireName = wireName;
    }
  }

  /** The facts named in the argument of {@code OPTS MLST}; unknown ones are ignored. */
  static MlsxFacts selecting(List<String> names) {
    Set<Fact> chosen = EnumSet.noneOf(Fact.class);
    for (Fact fact : Fact.values()) {
      if (names.stream().anyMatch(fact.wireName::equalsIgnoreCase)) {
        chosen.add(fact);
      }
    }
    return new MlsxFacts(chosen);
  }

  /** The line of FEAT: every fact, those selected marked. */
  String feature() {
    StringBuilder line = new StringBuilder("MLST ");
    for (Fact fact : Fact.values()) {
      line.append(fact.wireName).append(selected.contains(fact) ? "*;" : ";");
    }
    return line.toString();
  }

  /** The selected names as {@code OPTS MLST} answers them. */
  String names() {
    StringBuilder line = new StringBuilder();
    selected.forEach(fact -> line.append(fact.wireName).append(';'));
    return line.toString();
  }

  /** An entry: facts, one space, name. */
  String entry(FileAttributes attributes, String type, String name, Set<Right> rights) {
    StringBuilder line = new StringBuilder(96 + name.length());
    for (Fact fact : selected) {
      for (String value : values(fact, attributes, type, rights)) {
        line.append(fact.wireName).append('=').append(value).append(';');
      }
    }
    return line.append(' ').append(name).toString();
  }

  /** The value of the type fact. */
  static String type(FileAttributes a) {
    return switch (a.kind()) {
      case DIRECTORY -> "dir";
      case FILE -> "file";
      case SYMBOLIC_LINK ->
          "OS.unix=slink:" + (a.linkTarget() == null ? "" : a.linkTarget().replace(";", "%3B"));
      case OTHER -> "OS.unix=other";
    };
  }

  private static List<String> values(Fact fact, FileAttributes a, String type, Set<Right> rights) {
    List<String> one = new ArrayList<>(1);
    switch (fact) {
      case TYPE -> one.add(type);
      case SIZE -> {
        if (a.kind() != FileKind.DIRECTORY && a.hasSize()) {
          one.add(Long.toString(a.size()));
        }
      }
      case MODIFY -> {
        if (a.modified() != null) {
          one.add(FileTime.format(a.modified()));
        }
      }
      case CREATE -> {
        if (a.created() != null && (a.modified() == null || !a.created().isAfter(a.modified()))) {
          one.add(FileTime.format(a.created()));
        }
      }
      case PERM -> one.add(permissions(a, rights));
      case UNIQUE -> addIfKnown(one, a.identity());
      case MODE -> {
        if (a.permissions() != FileAttributes.UNKNOWN) {
          one.add(String.format(Locale.ROOT, "%04o", a.permissions()));
        }
      }
      case OWNER -> addIfKnown(one, a.owner());
      case GROUP -> addIfKnown(one, a.group());
    }
    return one;
  }

  private static void addIfKnown(List<String> values, @org.jspecify.annotations.Nullable String v) {
    if (v != null && v.indexOf(';') < 0 && v.indexOf(' ') < 0) {
      values.add(v);
    }
  }

  /** The letters of RFC 3659 section 7.5.5 that this user may try. */
  private static String permissions(FileAttributes a, Set<Right> rights) {
    boolean writable = a.permissions() == FileAttributes.UNKNOWN || (a.permissions() & 0222) != 0;
    StringBuilder letters = new StringBuilder();
    if (a.isDirectory()) {
      letter(letters, 'c', writable && rights.contains(Right.CREATE));
      letter(letters, 'd', rights.contains(Right.DELETE_DIRECTORY));
      letter(letters, 'e', true);
      letter(letters, 'f', rights.contains(Right.RENAME));
      letter(letters, 'l', rights.contains(Right.LIST));
      letter(letters, 'm', writable && rights.contains(Right.CREATE_DIRECTORY));
      letter(letters, 'p', writable && rights.contains(Right.DELETE));
    } else {
      letter(letters, 'a', writable && rights.contains(Right.APPEND));
      letter(letters, 'd', rights.contains(Right.DELETE));
      letter(letters, 'f', rights.contains(Right.RENAME));
      letter(letters, 'r', rights.contains(Right.READ));
      letter(letters, 'w', writable && rights.contains(Right.OVERWRITE));
    }
    return letters.toString();
  }

  private static void letter(StringBuilder letters, char letter, boolean allowed) {
    if (allowed) {
      letters.append(letter);
    }
  }
}
