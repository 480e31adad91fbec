package dev.sluice.client.nio;

import dev.sluice.api.RemotePath;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A path on a server. Elements are those of {@link RemotePath}; a relative path starts at the root
 * of the server.
 */
final class ServerPath implements Path {
  private final ServerFileSystem system;
  private final List<String> names;
  private final boolean absolute;

  ServerPath(ServerFileSystem system, List<String> names, boolean absolute) {
    this.system = system;
    this.names = List.copyOf(names);
    this.absolute = absolute;
  }

  static ServerPath of(ServerFileSystem system, String text) {
    List<String> names = new ArrayList<>();
    for (String name : text.split("/", -1)) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return new ServerPath(system, names, text.startsWith("/"));
  }

  static ServerPath of(Path path) {
    if (path instanceof ServerPath ours) {
      return ours;
    }
    throw new ProviderMismatchException(path + " is a path of another provider");
  }

  /** What the verbs take: absolute, and never above the root. */
  RemotePath remote() {
    return RemotePath.of("/" + String.join("/", names));
  }

  @Override
  public ServerFileSystem getFileSystem() {
    return system;
  }

  @Override
  public boolean isAbsolute() {
    return absolute;
  }

  @Override
  public @Nullable Path getRoot() {
    return absolute ? new ServerPath(system, List.of(), true) : null;
  }

  @Override
  public @Nullable Path getFileName() {
    return names.isEmpty()
        ? (absolute ? null : this)
        : new ServerPath(system, names.subList(names.size() - 1, names.size()), false);
  }

  @Override
  public @Nullable Path getParent() {
    return names.isEmpty() || (names.size() == 1 && !absolute)
        ? null
        : new ServerPath(system, names.subList(0, names.size() - 1), absolute);
  }

  /** The empty path has one name, which is empty. */
  @Override
  public int getNameCount() {
    return names.isEmpty() && !absolute ? 1 : names.size();
  }

  @Override
  public Path getName(int index) {
    return subpath(index, index + 1);
  }

  @Override
  public Path subpath(int from, int to) {
    if (from < 0 || from >= to || to > getNameCount()) {
      throw new IllegalArgumentException(this + " has no names from " + from + " to " + to);
    }
    return names.isEmpty() ? this : new ServerPath(system, names.subList(from, to), false);
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof ServerPath path
        && path.system.equals(system)
        && path.absolute == absolute
        && names.size() >= path.names.size()
        && (absolute || path.names.isEmpty() == names.isEmpty())
        && names.subList(0, path.names.size()).equals(path.names);
  }

  @Override
  public boolean endsWith(Path other) {
    if (!(other instanceof ServerPath path) || !path.system.equals(system)) {
      return false;
    }
    if (path.absolute) {
      return equals(path);
    }
    int from = names.size() - path.names.size();
    return from >= 0
        && path.names.isEmpty() == names.isEmpty()
        && names.subList(from, names.size()).equals(path.names);
  }

  @Override
  public Path normalize() {
    List<String> stack = new ArrayList<>();
    for (String name : names) {
      boolean up = name.equals("..");
      if (up && !stack.isEmpty() && !stack.get(stack.size() - 1).equals("..")) {
        stack.remove(stack.size() - 1);
      } else if (!name.equals(".") && !(up && absolute)) {
        stack.add(name);
      }
    }
    return new ServerPath(system, stack, absolute);
  }

  @Override
  public Path resolve(Path other) {
    ServerPath path = of(other);
    if (path.absolute) {
      return path;
    }
    List<String> all = new ArrayList<>(names);
    all.addAll(path.names);
    return new ServerPath(system, all, absolute);
  }

  @Override
  public Path relativize(Path other) {
    ServerPath path = of(other);
    if (path.absolute != absolute) {
      throw new IllegalArgumentException(
          this + " and " + other + " are not both absolute or both relative");
    }
    int same = 0;
    while (same < names.size()
        && same < path.names.size()
        && names.get(same).equals(path.names.get(same))) {
      same++;
    }
    List<String> way = new ArrayList<>();
    for (int i = same; i < names.size(); i++) {
      way.add("..");
    }
    way.addAll(path.names.subList(same, path.names.size()));
    return new ServerPath(system, way, false);
  }

  @Override
  public URI toUri() {
    return system.uri(remote());
  }

  @Override
  public Path toAbsolutePath() {
    return absolute ? this : new ServerPath(system, names, true);
  }

  /** The path without {@code .} and {@code ..}, if something is there; links are not resolved. */
  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    system.session().stat(remote());
    return toAbsolutePath().normalize();
  }

  @Override
  public File toFile() {
    throw new UnsupportedOperationException(this + " is on a server");
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("a server does not report changes");
  }

  @Override
  public int compareTo(Path other) {
    return toString().compareTo(of(other).toString());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ServerPath path
        && absolute == path.absolute
        && names.equals(path.names)
        && system.equals(path.system);
  }

  @Override
  public int hashCode() {
    return Objects.hash(names, absolute);
  }

  @Override
  public String toString() {
    return (absolute ? "/" : "") + String.join("/", names);
  }
}
