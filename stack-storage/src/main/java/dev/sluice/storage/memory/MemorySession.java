package dev.sluice.storage.memory;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileKind;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.RunningChecksum;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.Space;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One login's view of a {@link Tree}. */
final class MemorySession implements StorageSession {
  private static final Set<Capability> ALL = Set.copyOf(EnumSet.allOf(Capability.class));

  private final Tree tree;
  private final String user;
  private volatile boolean closed;

  MemorySession(Tree tree, String user) {
    this.tree = tree;
    this.user = user;
  }

  @Override
  public Mono<FileEntry> stat(RemotePath path) {
    return call(() -> new FileEntry(path, tree.node(path).attributes()));
  }

  @Override
  public Mono<FileEntry> lstat(RemotePath path) {
    return call(() -> new FileEntry(path, Tree.there(path, tree.find(path)).attributes()));
  }

  @Override
  public Flux<FileEntry> list(RemotePath directory) {
    return call(() -> {
          List<FileEntry> entries = new ArrayList<>();
          tree.directory(directory)
              .children
              .forEach(
                  (name, node) ->
                      entries.add(new FileEntry(directory.child(name), node.attributes())));
          return entries;
        })
        .flatMapIterable(entries -> entries);
  }

  @Override
  public Mono<FileHandle> open(RemotePath file, OpenMode mode) {
    return call(() -> openLocked(file, mode));
  }

  @Override
  public Mono<Void> createDirectory(RemotePath directory) {
    return run(
        () -> {
          Spot spot = tree.find(directory);
          tree.add(directory, spot, Node.directory(user, spot.parent()));
        });
  }

  @Override
  public Mono<Void> deleteFile(RemotePath file) {
    return run(
        () -> {
          Spot spot = tree.find(file);
          if (Tree.there(file, spot).isDirectory()) {
            throw new FileFailure(FileError.IS_A_DIRECTORY, file, "is a directory");
          }
          tree.remove(spot);
        });
  }

  @Override
  public Mono<Void> deleteDirectory(RemotePath directory) {
    return run(
        () -> {
          Spot spot = tree.find(directory);
          Node node = Tree.there(directory, spot);
          checkNotRoot(directory, spot);
          if (!node.isDirectory()) {
            throw new FileFailure(FileError.NOT_A_DIRECTORY, directory, "not a directory");
          }
          checkEmpty(directory, node);
          tree.remove(spot);
        });
  }

  @Override
  public Mono<Void> rename(RemotePath from, RemotePath to) {
    return run(() -> renameLocked(from, to));
  }

  @Override
  public Mono<Void> renameToFree(RemotePath from, RemotePath to) {
    return run(
        () -> {
          Tree.there(from, tree.find(from));
          if (tree.find(to).node() != null) {
            throw new FileFailure(FileError.ALREADY_EXISTS, to, "exists already");
          }
          renameLocked(from, to);
        });
  }

  @Override
  public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    return run(() -> setLocked(path, tree.node(path), change));
  }

  @Override
  public Mono<String> readLink(RemotePath link) {
    return call(
        () -> {
          String target = Tree.there(link, tree.find(link)).target;
          if (target == null) {
            throw new FileFailure(FileError.UNSUPPORTED, link, "not a symbolic link");
          }
          return target;
        });
  }

  @Override
  public Mono<Void> createSymbolicLink(RemotePath link, String target) {
    return run(
        () -> {
          if (target.isEmpty() || target.length() > RemotePath.MAX_OCTETS) {
            throw new FileFailure(
                FileError.INVALID_NAME, link, target.length() + " characters are no target");
          }
          tree.add(link, tree.find(link), Node.link(user, target));
        });
  }

  @Override
  public Mono<Void> createHardLink(RemotePath link, RemotePath existing) {
    return run(
        () -> {
          Spot source = tree.follow(existing);
          Tree.there(existing, source);
          Node file = Tree.fileOrNothing(existing, source);
          tree.add(link, tree.find(link), Objects.requireNonNull(file));
        });
  }

  @Override
  public Mono<Checksum> checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    return Mono.defer(
        () -> {
          RunningChecksum sum = RunningChecksum.of(algorithm);
          return read(file, range)
              .doOnNext(
                  buffer -> {
                    sum.update(buffer);
                    buffer.release();
                  })
              .then(Mono.fromSupplier(sum::finish));
        });
  }

  @Override
  public Mono<Void> copy(RemotePath from, RemotePath to) {
    return run(
        () -> {
          Content content = fileContent(from).copy();
          try {
            tree.replace(to, tree.follow(to), Node.file(user, content));
          } catch (RuntimeException e) {
            content.letGo();
            throw e;
          }
        });
  }

  @Override
  public Mono<Space> space(RemotePath directory) {
    return call(
        () -> {
          tree.directory(directory);
          return tree.room().space();
        });
  }

  @Override
  public Set<Capability> capabilities() {
    return ALL;
  }

  @Override
  public Mono<Void> close() {
    return Mono.fromRunnable(() -> closed = true);
  }

  private FileHandle openLocked(RemotePath path, OpenMode how) {
    WriteMode mode = how.write();
    boolean anew = mode instanceof WriteMode.CreateNew;
    Spot spot = anew ? tree.find(path) : tree.follow(path);
    Node taken = spot.node();
    if (anew && taken != null && taken.kind == FileKind.SYMBOLIC_LINK) {
      throw new FileFailure(FileError.ALREADY_EXISTS, path, "exists already");
    }
    if (spot.parent() != null) {
      Tree.checkName(spot.name());
    }
    Node file = Tree.fileOrNothing(path, spot);
    if (mode instanceof WriteMode.CreateNew && file != null) {
      throw new FileFailure(FileError.ALREADY_EXISTS, path, "exists already");
    }
    boolean aside =
        (mode instanceof WriteMode.CreateNew created && created.atomic())
            || (mode instanceof WriteMode.Replace replace && replace.atomic());
    if (mode != null && aside) {
      Node made = made(how);
      return MemoryHandle.aside(tree, path, made, mode, spot);
    }
    boolean mustBeThere = mode == null || (mode instanceof WriteMode.At at && at.offset() > 0);
    if (file == null && mustBeThere) {
      throw Tree.missing(path);
    }
    Node opened = file;
    if (opened == null) {
      opened = made(how);
      tree.add(path, spot, opened);
    }
    begin(path, opened, mode);
    return MemoryHandle.of(tree, path, opened, mode);
  }

  private Node made(OpenMode how) {
    Node file = Node.file(user, new Content(tree.room()));
    Integer permissions = how.permissions();
    if (permissions != null) {
      file.permissions = permissions;
    }
    return file;
  }

  private static void begin(RemotePath path, Node file, @Nullable WriteMode mode) {
    Content content = Objects.requireNonNull(file.content);
    if (mode instanceof WriteMode.Replace) {
      content.resize(0);
    }
    if (mode instanceof WriteMode.At at && at.offset() > content.size()) {
      throw new FileFailure(
          FileError.OUT_OF_RANGE,
          path,
          "offset " + at.offset() + " in a file of " + content.size());
    }
  }

  private void renameLocked(RemotePath from, RemotePath to) {
    Spot source = tree.find(from);
    Node node = Tree.there(from, source);
    Spot target = tree.find(to);
    checkNotRoot(from, source);
    checkNotRoot(to, target);
    if (node == target.node()) {
      return;
    }
    for (Node above = target.parent(); above != null; above = above.parent) {
      if (above == node) {
        throw new FileFailure(FileError.INVALID_NAME, from, "cannot move into itself");
      }
    }
    Node old = target.node();
    Tree.checkName(target.name());
    if (old != null) {
      checkReplaceable(to, node, old);
      tree.remove(target);
    }
    tree.move(source, target);
  }

  private static void checkReplaceable(RemotePath to, Node node, Node old) {
    if (old.isDirectory() && !node.isDirectory()) {
      throw new FileFailure(FileError.IS_A_DIRECTORY, to, "a directory has the new name");
    }
    if (node.isDirectory() && !old.isDirectory()) {
      throw new FileFailure(FileError.NOT_A_DIRECTORY, to, "a file has the new name");
    }
    checkEmpty(to, old);
  }

  private static void checkEmpty(RemotePath path, Node node) {
    if (!node.children.isEmpty()) {
      throw new FileFailure(FileError.DIRECTORY_NOT_EMPTY, path, "the directory is not empty");
    }
  }

  private static void checkNotRoot(RemotePath path, Spot spot) {
    if (spot.parent() == null) {
      throw new FileFailure(
          FileError.PERMISSION_DENIED, RawName.escape(path.toString()) + ": is the root");
    }
  }

  private static void setLocked(RemotePath path, Node node, AttributeChange change) {
    if (change.size() != null) {
      if (node.content == null) {
        throw new FileFailure(FileError.IS_A_DIRECTORY, path, "a directory has no size to set");
      }
      node.content.resize(change.size());
      node.touch();
    }
    node.permissions = Objects.requireNonNullElse(change.permissions(), node.permissions);
    node.owner = Objects.requireNonNullElse(change.owner(), node.owner);
    node.group = change.group() == null ? node.group : change.group();
    node.created = Objects.requireNonNullElse(change.created(), node.created);
    node.accessed = Objects.requireNonNullElse(change.accessed(), node.accessed);
    node.modified = Objects.requireNonNullElse(change.modified(), node.modified);
  }

  private Content fileContent(RemotePath path) {
    Spot spot = tree.follow(path);
    Tree.there(path, spot);
    Node file = Objects.requireNonNull(Tree.fileOrNothing(path, spot));
    return Objects.requireNonNull(file.content);
  }

  private Mono<Void> run(Runnable action) {
    return Mono.fromRunnable(
        () -> {
          checkOpen();
          synchronized (tree) {
            action.run();
          }
        });
  }

  private <T> Mono<T> call(Supplier<T> body) {
    return Mono.fromSupplier(
        () -> {
          checkOpen();
          synchronized (tree) {
            return body.get();
          }
        });
  }

  private void checkOpen() {
    if (closed) {
      throw new SessionClosed("this session with the storage is closed");
    }
  }
}
