package dev.sluice.api;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in a tree of files, normalised: absolute, never above the root, or {@link #relative},
 * never above the directory in which a login begins.
 *
 * <p>Elements are separated by {@code /}; {@code .} and {@code ..} are resolved as text when the
 * path is made, {@code ..} at the root stays at the root. An element holds any octet but NUL and
 * {@code /}; octets that are not UTF-8 travel as described in {@link RawName}. Two paths are equal
 * when their octets are: there is no case folding and no Unicode normalisation.
 */
public final class RemotePath implements Comparable<RemotePath> {
  /** Octets of the longest path accepted. */
  public static final int MAX_OCTETS = 4096;

  private static final RemotePath ROOT = new RemotePath(List.of(), false);
  private static final RemotePath HOME = new RemotePath(List.of(), true);

  private final List<String> names;
  private final boolean relative;

  private RemotePath(List<String> names, boolean relative) {
    this.names = names;
    this.relative = relative;
  }

  public static RemotePath root() {
    return ROOT;
  }

  /**
   * The path that {@code text} names, starting at the root.
   *
   * @throws FileFailure {@code INVALID_NAME} when it holds NUL or is longer than {@link
   *     #MAX_OCTETS}
   */
  public static RemotePath of(String text) {
    return ROOT.resolve(text);
  }

  /**
   * The path that {@code text} names, starting in the directory of the login, which {@link
   * FileSession#home()} returns. All verbs of a session accept it, and entries that they list below
   * it are relative, too. A storage has no login: there the path starts at the root.
   *
   * @param text empty or {@code .} for the directory of the login itself
   * @throws FileFailure {@code INVALID_NAME} as {@link #of}, also if the text begins with {@code /}
   *     or leads above the directory of the login. Only {@link FileSession#home()} knows that
   *     directory; its result resolves such a text
   */
  public static RemotePath relative(String text) {
    if (text.startsWith("/")) {
      throw invalid(shown(text), "is not relative; use of(..)");
    }
    int depth = 0;
    for (String name : text.split("/", -1)) {
      depth += name.equals("..") ? -1 : name.isEmpty() || name.equals(".") ? 0 : 1;
      if (depth < 0) {
        throw invalid(shown(text), "leads above the login's directory; resolve it on home()");
      }
    }
    return HOME.resolve(text);
  }

  /** Whether this path starts in the directory of the login. */
  public boolean isRelative() {
    return relative;
  }

  /** This path; a {@link #relative} path is resolved against {@code home}. */
  public RemotePath seenFrom(RemotePath home) {
    return relative ? home.append(this) : this;
  }

  /** {@link #of} over octets that may not be UTF-8. */
  public static RemotePath ofBytes(byte[] octets) {
    return of(RawName.decode(octets));
  }

  /**
   * The path that {@code text} names, starting here; text that begins with {@code /} starts at the
   * root.
   *
   * @throws FileFailure as {@link #of}
   */
  public RemotePath resolve(String text) {
    if (text.indexOf('\0') >= 0) {
      throw invalid(text, "holds NUL");
    }
    if (text.length() > MAX_OCTETS) {
      throw invalid(shown(text), "is longer than " + MAX_OCTETS + " octets");
    }
    boolean absolute = text.startsWith("/");
    List<String> stack = new ArrayList<>(absolute ? List.of() : names);
    for (String name : text.split("/", -1)) {
      switch (name) {
        case "", "." -> {}
        case ".." -> {
          if (!stack.isEmpty()) {
            stack.remove(stack.size() - 1);
          }
        }
        default -> stack.add(name);
      }
    }
    return new RemotePath(List.copyOf(stack), relative && !absolute);
  }

  /**
   * The entry called {@code name} in this directory. The name is not resolved: a name that would
   * lead elsewhere is refused, as names received from a peer must be.
   *
   * @throws FileFailure {@code INVALID_NAME} for an empty name, {@code .}, {@code ..}, or one that
   *     holds {@code /} or NUL
   */
  public RemotePath child(String name) {
    if (name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.indexOf('/') >= 0
        || name.indexOf('\0') >= 0) {
      throw invalid(name, "is not the name of an entry");
    }
    List<String> longer = new ArrayList<>(names.size() + 1);
    longer.addAll(names);
    longer.add(name);
    return new RemotePath(List.copyOf(longer), relative);
  }

  /** The parent directory; the root and the directory of the login are their own parents. */
  public RemotePath parent() {
    return new RemotePath(names.subList(0, Math.max(0, names.size() - 1)), relative);
  }

  /** The last element; empty for the root and the directory of the login. */
  public String name() {
    return names.isEmpty() ? "" : names.get(names.size() - 1);
  }

  /** The elements from the root, or from the directory of the login, down. Immutable. */
  public List<String> names() {
    return names;
  }

  /** Whether this path has no known parent: the root, or the directory of the login. */
  public boolean isRoot() {
    return names.isEmpty();
  }

  /**
   * Whether this is {@code directory} or lies below it, compared element by element. A relative and
   * an absolute path cannot be compared: the result is false.
   */
  public boolean startsWith(RemotePath directory) {
    return relative == directory.relative
        && names.size() >= directory.names.size()
        && names.subList(0, directory.names.size()).equals(directory.names);
  }

  /**
   * This path seen from {@code directory} as the root.
   *
   * @throws IllegalArgumentException when it does not start with it
   */
  public RemotePath relativeTo(RemotePath directory) {
    if (!startsWith(directory)) {
      throw new IllegalArgumentException(this + " is not below " + directory);
    }
    return new RemotePath(names.subList(directory.names.size(), names.size()), false);
  }

  /** The path {@code below}, with this path as its root. */
  public RemotePath append(RemotePath below) {
    List<String> joined = new ArrayList<>(names);
    joined.addAll(below.names);
    return new RemotePath(List.copyOf(joined), relative);
  }

  /** The octets of {@link #toString()}. */
  public byte[] toBytes() {
    return RawName.encode(toString());
  }

  /**
   * The path as text, {@code /} for the root; a relative path has no slash before it, and is {@code
   * .} for the directory of the login. Octets that are not UTF-8 are written as in {@link RawName}.
   */
  @Override
  public String toString() {
    String text = String.join("/", names);
    if (relative) {
      return names.isEmpty() ? "." : text;
    }
    return "/" + text;
  }

  @Override
  public int compareTo(RemotePath other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RemotePath path
        && relative == path.relative
        && names.equals(path.names);
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + Boolean.hashCode(relative);
  }

  private static String shown(String text) {
    return text.length() > 64 ? text.substring(0, 64) + "…" : text;
  }

  private static FileFailure invalid(String text, String why) {
    return new FileFailure(FileError.INVALID_NAME, "name \"" + RawName.escape(text) + "\" " + why);
  }
}
