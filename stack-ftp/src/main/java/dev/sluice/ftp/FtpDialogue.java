package dev.sluice.ftp;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Set;

/**
 * Which commands a client uses, and how names travel in them.
 *
 * @param charset of names; the fallback is used with servers that do not tell UTF8
 * @param avoided commands that are not used though the server has them, so that another one of the
 *     same purpose is
 * @param tryUnlisted sets times and permissions also by commands that servers do not list
 * @param clientName sent to the server with CLNT; empty = nothing is sent
 */
@RecordBuilder
public record FtpDialogue(
    PathCharset charset, Set<FtpMeans> avoided, boolean tryUnlisted, String clientName)
    implements FtpDialogueBuilder.With {
  /** UTF-8, every command that the server has, and no CLNT. */
  public static final FtpDialogue DEFAULT = new FtpDialogue(PathCharset.UTF_8, Set.of(), true, "");

  public FtpDialogue {
    avoided = Set.copyOf(avoided);
  }

  /** Does without these commands, so that others of the same purpose are used. */
  public FtpDialogue without(FtpMeans... means) {
    return withAvoided(Set.of(means));
  }
}
