package dev.sluice.api;

import java.util.Objects;

/**
 * A name in a tree and the attributes of its file.
 *
 * @param path where it is
 * @param attributes what is known about it
 */
public record FileEntry(RemotePath path, FileAttributes attributes) {
  public FileEntry {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(attributes, "attributes");
  }

  /** The last element of the path; empty for the root. */
  public String name() {
    return path.name();
  }

  public FileKind kind() {
    return attributes.kind();
  }

  public long size() {
    return attributes.size();
  }
}
