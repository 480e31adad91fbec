package dev.sluice.client.transfer;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileAttributes;
import java.time.Instant;
import java.util.Set;

/**
 * What a copy keeps of its source in addition to the content, as far as the target can set it. Bits
 * that let a program act for its owner (set-user-id, set-group-id, sticky) are never kept: the copy
 * may belong to somebody else.
 *
 * @param times whether the time of the last change is kept
 * @param mode the permissions that may be kept, octal 0 to 777; 0 = the target chooses
 * @param directories whether directories keep both, including those that existed before; otherwise
 *     only new directories get a mode, if it is narrower than usual
 */
public record Kept(boolean times, int mode, boolean directories) {
  private static final int RWX = 0777;
  private static final int OWNER_ALL = 0700;

  public Kept {
    if (mode < 0 || mode > RWX) {
      throw new IllegalArgumentException("mode: " + Integer.toOctalString(mode));
    }
  }

  /** Only the content. */
  public static Kept nothing() {
    return new Kept(false, 0, false);
  }

  /** Times, and the permissions of the source less {@code umask}: never more than the source. */
  public static Kept lessUmask(int umask) {
    return new Kept(true, RWX & ~umask, false);
  }

  /** Unchanged times and permissions, including those of directories. */
  public static Kept exact() {
    return new Kept(true, RWX, true);
  }

  /** The attributes to set on a copy of {@code source} in a tree with these capabilities. */
  AttributeChange of(FileAttributes source, Set<Capability> target) {
    AttributeChange change = AttributeChange.none();
    Instant modified = source.modified();
    if (times && modified != null && target.contains(Capability.SET_MODIFIED)) {
      change = change.withModified(modified);
    }
    return keepsMode(source, target) ? change.withPermissions(source.permissions() & mode) : change;
  }

  /**
   * The attributes to set on a directory after it is filled. A customary mode is left alone, since
   * setting it would remove a set-group-id bit that the system has set. The owner must be able to
   * continue working in the directory.
   */
  AttributeChange ofDirectory(FileAttributes source, Set<Capability> target, boolean made) {
    if (directories) {
      return of(source, target);
    }
    boolean narrower = keepsMode(source, target) && (source.permissions() & mode) != mode;
    return made && narrower
        ? AttributeChange.none().withPermissions(source.permissions() & mode | OWNER_ALL)
        : AttributeChange.none();
  }

  private boolean keepsMode(FileAttributes source, Set<Capability> target) {
    return mode != 0
        && source.permissions() != FileAttributes.UNKNOWN
        && target.contains(Capability.SET_PERMISSIONS);
  }
}
