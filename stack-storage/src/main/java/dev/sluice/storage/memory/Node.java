package dev.sluice.storage.memory;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A file, a directory or a symbolic link. Guarded by the lock of its {@link Tree}. */
final class Node {
  /** Octets of room that a node costs in addition to its content. */
  static final int COST = 512;

  private static final AtomicLong NUMBERS = new AtomicLong();

  final FileKind kind;
  final Map<String, Node> children = new TreeMap<>();
  final @Nullable Content content;
  final @Nullable String target;
  private final long number = NUMBERS.incrementAndGet();
  @Nullable Node parent;
  int names;
  int permissions;
  String owner;
  @Nullable String group;
  Instant created = Instant.now();
  Instant modified = created;
  Instant accessed = created;

  private Node(FileKind kind, String owner, @Nullable Content content, @Nullable String target) {
    this.kind = kind;
    this.owner = owner;
    this.content = content;
    this.target = target;
    this.permissions =
        switch (kind) {
          case DIRECTORY -> 0755;
          case SYMBOLIC_LINK -> 0777;
          case FILE, OTHER -> 0644;
        };
  }

  static Node directory(String owner, @Nullable Node parent) {
    Node directory = new Node(FileKind.DIRECTORY, owner, null, null);
    directory.parent = parent;
    return directory;
  }

  static Node file(String owner, Content content) {
    return new Node(FileKind.FILE, owner, content, null);
  }

  static Node link(String owner, String target) {
    return new Node(FileKind.SYMBOLIC_LINK, owner, null, target);
  }

  boolean isDirectory() {
    return kind == FileKind.DIRECTORY;
  }

  void touch() {
    modified = Instant.now();
  }

  FileAttributes attributes() {
    long size = content != null ? content.size() : target != null ? target.length() : 0;
    int links = isDirectory() ? 1 : names;
    return new FileAttributes(
        kind,
        size,
        modified,
        accessed,
        created,
        permissions,
        owner,
        group,
        links,
        "m" + Long.toString(number, 36),
        target);
  }
}
