package dev.sluice.client.transfer;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What becomes of entries that only the target has. Nothing is deleted in a directory whose listing
 * failed or was not fully understood, on either side, nor what a filter leaves out. Links are
 * deleted, never what they lead to. What has the name of something of another kind in the source is
 * replaced.
 *
 * @param when they are deleted
 * @param limit entries of the whole tree that a mirror deletes at most, counting those inside
 *     deleted directories. If it would delete more, it deletes nothing and replaces nothing of
 *     another kind, copies the rest, and reports one failure. Both trees are then listed twice,
 *     since this is known before anything is deleted. Default: no limit
 */
@RecordBuilder
public record Deletion(When when, long limit) implements DeletionBuilder.With {
  /** Nothing is deleted. */
  public static final Deletion NONE = new Deletion(When.NEVER, Long.MAX_VALUE);

  public Deletion {
    if (limit < 0) {
      throw new IllegalArgumentException("limit: " + limit);
    }
  }

  /** In each directory before its files are copied: makes room first. */
  public static Deletion before() {
    return new Deletion(When.BEFORE, Long.MAX_VALUE);
  }

  /**
   * In each directory after everything in it and below was copied, and only if nothing of that has
   * failed.
   */
  public static Deletion after() {
    return new Deletion(When.AFTER, Long.MAX_VALUE);
  }

  /** Deletes nothing if that would be more entries than these. */
  public Deletion atMost(long entries) {
    return withLimit(entries);
  }

  /** The moment of deletion. */
  public enum When {
    /** Nothing is deleted. */
    NEVER,
    /** Before the files of the same directory are copied. */
    BEFORE,
    /** After everything in the same directory and below was copied. */
    AFTER
  }
}
