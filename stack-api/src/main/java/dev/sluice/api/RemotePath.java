package dev.sluice.api;

import dev.sluice.api.error.FileError;
import dev.sluice.api.error.FileFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in a tree of files: absolute, normalised, never above the root.
 *
 * <p>Elements are separated by {@code /}; {@code .} and {@code ..} are resolved as text when the
 * path is made, {@code ..} at the root stays at the root. An element holds any octet but NUL and
 * {@code /}; octets that are not UTF-8 travel as described in {@link RawName}. Two paths are equal
 * when their octets are: there is no case folding and no Unicode normalisation.
 */
public final class RemotePath implements Comparable<RemotePath> {
  /** Octets of the longest path accepted. */
  public static final int MAX_OCTETS = 4096;

  private static final RemotePath ROOT = new RemotePath(List.of());

  private final List<String> names;

  private RemotePath(List<String> names) {
    this.names = names;
  }

  public static RemotePath root() {
    return ROOT;
  }

  /**
   * The path that {@code text} names, seen from the root.
   *
   * @throws FileFailure {@code INVALID_NAME} when it holds NUL or is longer than {@link
   *     #MAX_OCTETS}
   */
  public static RemotePath of(String text) {
    return ROOT.resolve(text);
  }

  /** {@link #of} over octets that may not be UTF-8. */
  public static RemotePath ofBytes(byte[] octets) {
    return of(RawName.decode(octets));
  }

  /**
   * The path that {@code text} names, seen from here; text that begins with {@code /} is seen from
   * the root.
   *
   * @throws FileFailure as {@link #of}
   */
  public RemotePath resolve(String text) {
    if (text.indexOf('\0') >= 0) {
      throw invalid(text, "holds NUL");
    }
    if (text.length() > MAX_OCTETS) {
      throw invalid(text.substring(0, 64) + "…", "is longer than " + MAX_OCTETS + " octets");
    }
    List<String> stack = new ArrayList<>(text.startsWith("/") ? List.of() : names);
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
    return stack.isEmpty() ? ROOT : new RemotePath(List.copyOf(stack));
  }

  /**
   * The entry called {@code name} in this directory. The name is taken as it is: one that would
   * lead elsewhere is refused, which is what a name received from a peer needs.
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
    return new RemotePath(List.copyOf(longer));
  }

  /** The directory that holds this; the root holds itself. */
  public RemotePath parent() {
    return names.size() <= 1 ? ROOT : new RemotePath(names.subList(0, names.size() - 1));
  }

  /** The last element; empty for the root. */
  public String name() {
    return names.isEmpty() ? "" : names.get(names.size() - 1);
  }

  /** The elements from the root down. Immutable. */
  public List<String> names() {
    return names;
  }

  public boolean isRoot() {
    return names.isEmpty();
  }

  /** Whether this is {@code directory} or lies below it, compared element by element. */
  public boolean startsWith(RemotePath directory) {
    return names.size() >= directory.names.size()
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
    return new RemotePath(names.subList(directory.names.size(), names.size()));
  }

  /** The path {@code below}, seen from here as its root. */
  public RemotePath append(RemotePath below) {
    List<String> joined = new ArrayList<>(names);
    joined.addAll(below.names);
    return joined.isEmpty() ? ROOT : new RemotePath(List.copyOf(joined));
  }

  /** The octets of {@link #toString()}. */
  public byte[] toBytes() {
    return RawName.encode(toString());
  }

  /** The absolute path, {@code /} for the root; octets that are not UTF-8 as in {@link RawName}. */
  @Override
  public String toString() {
    return "/" + String.join("/", names);
  }

  @Override
  public int compareTo(RemotePath other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RemotePath path && names.equals(path.names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  private static FileFailure invalid(String text, String why) {
    return new FileFailure(FileError.INVALID_NAME, "name \"" + RawName.escape(text) + "\" " + why);
  }
}
