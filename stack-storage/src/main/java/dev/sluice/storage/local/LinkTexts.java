package dev.sluice.storage.local;

import dev.sluice.api.RemotePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The texts of symbolic links as seen inside the jail: absolute texts begin at its root. A text
 * that would reveal something outside is neither shown nor stored.
 */
final class LinkTexts {
  private final Jail jail;

  LinkTexts(Jail jail) {
    this.jail = jail;
  }

  /** The text of the link at {@code place}. */
  String shown(Place place) throws IOException {
    BasicFileAttributes before = place.attributes();
    if (!before.isSymbolicLink()) {
      throw new NotLinkException(place.path().toString());
    }
    Path target = Files.readSymbolicLink(place.path());
    // Java reads links by path, so this checks that the path still led to the requested link.
    Object key =
        Files.readAttributes(place.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .fileKey();
    if (!Objects.equals(before.fileKey(), key)) {
      throw new NoSuchFileException(place.path().toString());
    }
    if (!target.isAbsolute()) {
      checkInside(place.directory(), target);
      return LocalNames.toText(target);
    }
    Path inside = jail.insideRoot(target);
    if (inside == null || climbsAbove(inside, 0)) {
      throw outside(place);
    }
    return "/" + LocalNames.toText(inside);
  }

  /** {@link #shown}, or null if the text must not be shown or cannot be read. */
  @Nullable String shownIfInside(Place place) {
    try {
      return shown(place);
    } catch (IOException e) {
      return null;
    }
  }

  /** The text to store in a link in {@code directory} so that it leads to {@code text}. */
  Path stored(Directory directory, String text) throws IOException {
    if (text.startsWith("/")) {
      return jail.onDisk(RemotePath.of(text));
    }
    Path target = null;
    for (String element : text.split("/", -1)) {
      if (!element.isEmpty()) {
        Path next = LocalNames.toPath(element);
        target = target == null ? next : target.resolve(next);
      }
    }
    if (target == null) {
      throw new NoSuchFileException(text);
    }
    checkInside(directory, target);
    return target;
  }

  private void checkInside(Directory directory, Path relative) throws IOException {
    if (climbsAbove(relative, jail.depth(directory))) {
      throw new AccessDeniedException("link");
    }
  }

  private static boolean climbsAbove(Path relative, int depth) {
    int left = depth;
    for (Path element : relative) {
      String name = element.toString();
      if (name.equals("..")) {
        if (--left < 0) {
          return true;
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        left++;
      }
    }
    return false;
  }

  private static AccessDeniedException outside(Place place) {
    return new AccessDeniedException(place.path().toString());
  }
}
