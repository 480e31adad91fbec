package dev.sluice.storage.memory;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileKind;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The nodes of a storage and the rules for resolving names. One lock: the tree's monitor. */
final class Tree {
  private static final int MAX_LINKS = 40;
  private static final int MAX_STEPS = 8192;
  private static final int MAX_NAME_OCTETS = 255;

  private final Node root = Node.directory("root", null);
  private final Room room;

  Tree(Room room) {
    this.room = room;
  }

  Room room() {
    return room;
  }

  /** The place of {@code path}; a link at its end is not followed. */
  synchronized Spot find(RemotePath path) {
    return new Walk(path, false).run();
  }

  /** The place of {@code path}; a link at its end is followed. */
  synchronized Spot follow(RemotePath path) {
    return new Walk(path, true).run();
  }

  /** The node at {@code path}; links are followed. */
  synchronized Node node(RemotePath path) {
    return there(path, follow(path));
  }

  /** The directory at {@code path}; links are followed. */
  synchronized Node directory(RemotePath path) {
    Node node = node(path);
    if (!node.isDirectory()) {
      throw new FileFailure(FileError.NOT_A_DIRECTORY, path, "not a directory");
    }
    return node;
  }

  /** The file at {@code spot}, if there is one; other kinds of nodes are refused. */
  static @Nullable Node fileOrNothing(RemotePath path, Spot spot) {
    Node node = spot.node();
    if (node != null && node.isDirectory()) {
      throw new FileFailure(FileError.IS_A_DIRECTORY, path, "is a directory");
    }
    if (node != null && node.kind != FileKind.FILE) {
      throw new FileFailure(FileError.NOT_A_FILE, path, "not a file");
    }
    return node;
  }

  static Node there(RemotePath path, Spot spot) {
    Node node = spot.node();
    if (node == null) {
      throw missing(path);
    }
    return node;
  }

  /** Puts {@code node} at {@code spot}, which must be free. */
  synchronized void add(RemotePath path, Spot spot, Node node) {
    Node parent = attached(path, spot.parent());
    if (parent.children.containsKey(spot.name())) {
      throw new FileFailure(FileError.ALREADY_EXISTS, path, "exists already");
    }
    checkName(spot.name());
    takeRoomFor(node);
    put(parent, spot.name(), node);
  }

  /** Puts the file {@code node} at {@code spot} in place of the file that is there, if any. */
  synchronized void replace(RemotePath path, Spot spot, Node node) {
    Node parent = attached(path, spot.parent());
    checkName(spot.name());
    Node old = fileOrNothing(path, new Spot(parent, spot.name(), parent.children.get(spot.name())));
    takeRoomFor(node); // before the old file is removed: this may be refused
    if (old != null) {
      node.permissions = old.permissions;
      node.owner = old.owner;
      node.group = old.group;
      remove(new Spot(parent, spot.name(), old));
    }
    put(parent, spot.name(), node);
  }

  /** Removes the node from its name. */
  synchronized void remove(Spot spot) {
    Node parent = Objects.requireNonNull(spot.parent(), "the root has no parent");
    Node node = Objects.requireNonNull(parent.children.remove(spot.name()), "nothing there");
    parent.touch();
    if (--node.names == 0) {
      room.giveBack(Node.COST);
      if (node.content != null) {
        node.content.letGo();
      }
    }
  }

  /**
   * Gives the node at {@code from} the name of {@code to}; a node that was there is already
   * removed.
   */
  synchronized void move(Spot from, Spot to) {
    Node source = Objects.requireNonNull(from.parent(), "the root has no parent");
    Node target = Objects.requireNonNull(to.parent(), "the root has no parent");
    checkName(to.name());
    Node node = Objects.requireNonNull(source.children.remove(from.name()), "nothing there");
    target.children.put(to.name(), node);
    if (node.isDirectory()) {
      node.parent = target;
    }
    source.touch();
    target.touch();
  }

  static FileFailure missing(RemotePath path) {
    return new FileFailure(FileError.NOT_FOUND, path, "no such file or directory");
  }

  static void checkName(String name) {
    byte[] octets = RawName.encode(name);
    if (octets.length > MAX_NAME_OCTETS || !RawName.decode(octets).equals(name)) {
      throw new FileFailure(
          FileError.INVALID_NAME,
          "name of " + octets.length + " octets cannot be stored: " + RawName.escape(name));
    }
  }

  private void takeRoomFor(Node node) {
    if (node.names == 0) {
      room.take(Node.COST);
    }
  }

  private static void put(Node parent, String name, Node node) {
    node.names++;
    parent.children.put(name, node);
    parent.touch();
  }

  /** A directory may have been deleted since it was found. */
  private Node attached(RemotePath path, @Nullable Node directory) {
    if (directory == null) {
      throw new FileFailure(FileError.ALREADY_EXISTS, path, "is the root");
    }
    if (directory != root && directory.names == 0) {
      throw missing(path);
    }
    return directory;
  }

  private final class Walk {
    private final RemotePath path;
    private final boolean followLast;
    private Deque<String> pending;
    private Node here = root;
    private int links;
    private int steps;

    Walk(RemotePath path, boolean followLast) {
      this.path = path;
      this.followLast = followLast;
      this.pending = new ArrayDeque<>(path.names());
    }

    Spot run() {
      while (true) {
        String name = pending.poll();
        if (name == null) {
          return new Spot(null, "", here);
        }
        if (++steps > MAX_STEPS) {
          throw loop();
        }
        if (name.equals("..")) {
          here = Objects.requireNonNullElseGet(here.parent, this::outside);
        } else if (!name.isEmpty() && !name.equals(".")) {
          Spot end = step(name, pending.isEmpty());
          if (end != null) {
            return end;
          }
        }
      }
    }

    private @Nullable Spot step(String name, boolean last) {
      if (!here.isDirectory()) {
        throw new FileFailure(FileError.NOT_A_DIRECTORY, path, "not a directory");
      }
      Node next = here.children.get(name);
      if (next != null && next.target != null && !(last && !followLast)) {
        enterLink(next.target);
        return null;
      }
      if (last) {
        return new Spot(here, name, next);
      }
      if (next == null) {
        throw missing(path);
      }
      here = next;
      return null;
    }

    private void enterLink(String target) {
      if (++links > MAX_LINKS) {
        throw loop();
      }
      if (target.startsWith("/")) {
        here = root;
      }
      Deque<String> longer = new ArrayDeque<>(Arrays.asList(target.split("/", -1)));
      longer.addAll(pending);
      pending = longer;
    }

    private Node outside() {
      throw missing(path);
    }

    private FileFailure loop() {
      return new FileFailure(FileError.LINK_LOOP, path, "too many symbolic links");
    }
  }
}
