package dev.sluice.api;

import java.util.Set;

/**
 * Why a server refused a file that was to be written under a temporary name and renamed. The words
 * are about the name that the caller gave.
 */
public final class AtomicRefusal {
  private static final String REMEDY =
      "; WriteMode.inPlace() writes under the final name, withTemporaryName of the client's options"
          + " chooses another temporary one";

  /** A server's words about a name or a step that it refuses. */
  private static final Set<FileError> REFUSALS =
      Set.of(FileError.PERMISSION_DENIED, FileError.INVALID_NAME, FileError.UNSUPPORTED);

  /** A problem with the final name itself, which no other way of writing would solve. */
  private static final Set<FileError> FINAL_NAME =
      Set.of(FileError.IS_A_DIRECTORY, FileError.INVALID_NAME);

  private AtomicRefusal() {}

  /** The file could not be created under the temporary name, or looking it up is not allowed. */
  public static FileFailure ofName(RemotePath file, RemotePath part, FileFailure refused) {
    String words = refused.detail().replace(RawName.escape(part.toString()), "a temporary name");
    return new FileFailure(refused.error(), file, mayBeName(refused) ? words + REMEDY : words);
  }

  /** The file is complete, but the server refuses to rename it. */
  public static FileFailure ofRename(RemotePath file, FileFailure refused) {
    return FINAL_NAME.contains(refused.error())
        ? refused.of(file)
        : new FileFailure(
            FileError.NOT_ATOMIC,
            file,
            "the complete file could not be renamed: " + refused.detail() + REMEDY);
  }

  /** The server's words, without the remedy for a caller of the library. */
  public static String reason(FileFailure failure) {
    return failure.detail().replace(REMEDY, "");
  }

  /** Whether writing in place may work although this failed. */
  public static boolean isIn(FileFailure failure) {
    return failure.error() == FileError.NOT_ATOMIC || mayBeName(failure);
  }

  private static boolean mayBeName(FileFailure failure) {
    return REFUSALS.contains(failure.error());
  }
}
