package dev.sluice.api.transfer;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileAttributes;
import java.time.Instant;
import java.util.Set;

/**
 * What a copy keeps of its source besides the content, as far as the target can set it.
 *
 * @param times whether the time of the last change is kept
 * @param mode the mode bits that may be kept, octal 0 to 7777; 0 = the target chooses
 */
public record Kept(boolean times, int mode) {
  private static final int ALL = 07777;
  private static final int RWX = 0777;
  private static final int OWNER_ALL = 0700;

  public Kept {
    if (mode < 0 || mode > ALL) {
      throw new IllegalArgumentException("mode: " + Integer.toOctalString(mode));
    }
  }

  /** Only the content. */
  public static Kept nothing() {
    return new Kept(false, 0);
  }

  /** Times, and the permissions of the source less {@code umask}: never more than the source. */
  public static Kept lessUmask(int umask) {
    return new Kept(true, RWX & ~umask);
  }

  /** Times and modes as they are, set-user-id, set-group-id and sticky bits included. */
  public static Kept exact() {
    return new Kept(true, ALL);
  }

  /** What is set at a copy of {@code source} in a tree with these capabilities. */
  AttributeChange of(FileAttributes source, Set<Capability> target) {
    AttributeChange change = AttributeChange.none();
    Instant modified = source.modified();
    if (times && modified != null && target.contains(Capability.SET_MODIFIED)) {
      change = change.withModified(modified);
    }
    if (mode != 0
        && source.permissions() != FileAttributes.UNKNOWN
        && target.contains(Capability.SET_PERMISSIONS)) {
      change = change.withPermissions(source.permissions() & mode);
    }
    return change;
  }

  /** What is set at a directory when all is in it; we must be able to go on working in it. */
  AttributeChange ofDirectory(FileAttributes source, Set<Capability> target) {
    AttributeChange change = of(source, target);
    Integer permissions = change.permissions();
    if (mode != ALL) {
      change = new Kept(false, mode).of(source, target);
      return permissions == null ? change : change.withPermissions(permissions | OWNER_ALL);
    }
    return change;
  }
}
