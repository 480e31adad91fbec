package dev.sluice.client.nio;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.client.blocking.BlockingSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Verbs of java.nio.file that are made of several verbs of a session. */
final class Verbs {
  private static final Set<OpenOption> REPLACING =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);

  private Verbs() {}

  static void requireReading(OpenOption... options) {
    for (OpenOption option : options) {
      if (option == StandardOpenOption.WRITE || option == StandardOpenOption.APPEND) {
        throw new UnsupportedOperationException(option + " is not for reading");
      }
    }
  }

  /** A whole file keeps its old content until the stream is closed. */
  static OutputStream output(ServerPath file, Set<OpenOption> options) throws IOException {
    BlockingSession session = file.getFileSystem().session();
    Set<OpenOption> all = new HashSet<>(options.isEmpty() ? REPLACING : options);
    if (all.contains(StandardOpenOption.READ)) {
      throw new IllegalArgumentException("READ is not for writing");
    }
    all.add(StandardOpenOption.WRITE);
    boolean whole = all.equals(REPLACING);
    return whole
        ? session.newOutputStream(file.remote(), WriteMode.replace())
        : Channels.newOutputStream(session.newByteChannel(file.remote(), all));
  }

  /** Not every server reports that the name is taken. */
  static void createDirectory(ServerPath directory) throws IOException {
    BlockingSession session = directory.getFileSystem().session();
    RemotePath path = directory.remote();
    try {
      session.createDirectory(path);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) { // vsftpd gives one answer for everything
      if (session.exists(path)) {
        throw taken(directory, e);
      }
      throw e;
    }
  }

  static void delete(ServerPath path) throws IOException {
    BlockingSession session = path.getFileSystem().session();
    if (session.lstat(path.remote()).attributes().isDirectory()) {
      session.deleteDirectory(path.remote());
    } else {
      session.deleteFile(path.remote());
    }
  }

  static void copy(ServerPath from, ServerPath to, Set<CopyOption> options) throws IOException {
    if (from.equals(to)) {
      return;
    }
    BlockingSession source = from.getFileSystem().session();
    boolean followed = !options.contains(LinkOption.NOFOLLOW_LINKS);
    FileEntry entry = followed ? source.stat(from.remote()) : source.lstat(from.remote());
    makeRoom(to, options.contains(REPLACE_EXISTING));
    BlockingSession target = to.getFileSystem().session();
    FileAttributes attributes = entry.attributes();
    if (attributes.isDirectory()) {
      target.createDirectory(to.remote());
    } else if (attributes.isSymbolicLink()) {
      target.createSymbolicLink(to.remote(), source.readLink(from.remote()));
      return;
    } else {
      content(from, to);
    }
    if (options.contains(COPY_ATTRIBUTES)) {
      keep(target, to.remote(), attributes);
    }
  }

  static void move(ServerPath from, ServerPath to, Set<CopyOption> options) throws IOException {
    if (from.equals(to)) {
      return;
    }
    if (!from.getFileSystem().equals(to.getFileSystem())) {
      if (options.contains(ATOMIC_MOVE)) {
        throw new AtomicMoveNotSupportedException(
            from.toString(), to.toString(), "they are on two servers");
      }
      Set<CopyOption> copying = new HashSet<>(options);
      copying.addAll(Arrays.asList(COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
      copy(from, to, copying);
      delete(from);
      return;
    }
    BlockingSession session = from.getFileSystem().session();
    if (!options.contains(ATOMIC_MOVE)) {
      session.lstat(from.remote());
      requireFree(to, options.contains(REPLACE_EXISTING));
    }
    session.rename(from.remote(), to.remote());
  }

  private static void content(ServerPath from, ServerPath to) throws IOException {
    BlockingSession source = from.getFileSystem().session();
    if (from.getFileSystem().equals(to.getFileSystem())
        && source.capabilities().contains(Capability.COPY)) {
      source.copy(from.remote(), to.remote());
      return;
    }
    try (InputStream in = source.newInputStream(from.remote())) {
      to.getFileSystem()
          .session()
          .write(to.remote(), WriteMode.replace(), out -> in.transferTo(out));
    }
  }

  private static void keep(BlockingSession session, RemotePath path, FileAttributes of)
      throws IOException {
    AttributeChange change = AttributeChange.none();
    Set<Capability> can = session.capabilities();
    if (of.modified() != null && can.contains(Capability.SET_MODIFIED)) {
      change = change.withModified(of.modified());
    }
    if (of.permissions() != FileAttributes.UNKNOWN && can.contains(Capability.SET_PERMISSIONS)) {
      change = change.withPermissions(of.permissions());
    }
    if (!change.equals(AttributeChange.none())) {
      session.setAttributes(path, change);
    }
  }

  /** A file is replaced by the verb that follows; an empty directory is in its way. */
  private static void requireFree(ServerPath to, boolean replaced) throws IOException {
    Optional<FileEntry> there = there(to);
    if (there.isPresent() && !replaced) {
      throw taken(to, null);
    }
    if (there.isPresent() && there.get().attributes().isDirectory()) {
      delete(to);
    }
  }

  private static void makeRoom(ServerPath to, boolean replaced) throws IOException {
    requireFree(to, replaced);
    Optional<FileEntry> there = there(to);
    if (there.isPresent() && !there.get().attributes().isFile()) {
      delete(to);
    }
  }

  private static Optional<FileEntry> there(ServerPath path) throws IOException {
    try {
      return Optional.of(path.getFileSystem().session().lstat(path.remote()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static FileAlreadyExistsException taken(ServerPath path, @Nullable IOException cause) {
    FileAlreadyExistsException taken = new FileAlreadyExistsException(path.toString());
    if (cause != null) {
      taken.initCause(cause);
    }
    return taken;
  }
}
