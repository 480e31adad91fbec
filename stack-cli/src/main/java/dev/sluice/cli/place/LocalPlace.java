package dev.sluice.cli.place;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.local.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * A file or directory on this machine as a tree of files: the directory that holds it is the root,
 * so that nothing a server says leads out of it.
 *
 * @param directory the root of the tree, without symbolic links
 * @param path the file below it
 */
public record LocalPlace(Path directory, RemotePath path) {

  /** What {@code file} names; it need not be there, its directory must. Links are followed. */
  public static LocalPlace of(Path file) {
    try {
      Path real =
          Files.exists(file)
              ? file.toRealPath()
              : parent(file.toAbsolutePath().normalize()).toRealPath().resolve(name(file));
      return real.getParent() == null
          ? new LocalPlace(real, RemotePath.root())
          : new LocalPlace(parent(real), RemotePath.root().child(name(real)));
    } catch (NoSuchFileException e) {
      throw new FileFailure(
          FileError.NOT_FOUND, "there is no directory " + e.getFile() + " on this machine", e);
    } catch (IOException e) {
      throw new FileFailure(FileError.IO_ERROR, "cannot use " + file + ": " + e.getMessage(), e);
    }
  }

  /** The directory {@code file} as the root of the tree; it must be there. */
  public static LocalPlace inside(Path file) {
    try {
      Path real = file.toRealPath();
      if (!Files.isDirectory(real)) {
        throw new FileFailure(FileError.NOT_A_DIRECTORY, file + " on this machine is no directory");
      }
      return new LocalPlace(real, RemotePath.root());
    } catch (NoSuchFileException e) {
      throw new FileFailure(
          FileError.NOT_FOUND, "there is no directory " + file + " on this machine", e);
    } catch (IOException e) {
      throw new FileFailure(FileError.IO_ERROR, "cannot use " + file + ": " + e.getMessage(), e);
    }
  }

  /** As {@link #of}, but the file must be there. */
  public static LocalPlace existing(Path file) {
    if (!Files.exists(file)) {
      throw new FileFailure(FileError.NOT_FOUND, "there is no " + file + " on this machine");
    }
    return of(file);
  }

  public Mono<StorageSession> open() {
    return LocalStorage.at(directory)
        .open(Identity.of("local"))
        .onErrorMap(NamedLocal::reached)
        .map(files -> new NamedLocal(files, directory));
  }

  private static Path parent(Path absolute) {
    return Objects.requireNonNullElse(absolute.getParent(), absolute);
  }

  private static String name(Path file) {
    Path name = file.toAbsolutePath().normalize().getFileName();
    return name == null ? "" : name.toString();
  }
}
