package dev.sluice.server.config;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another tree below the root of a user.
 *
 * @param path a directory of this machine; {@code {user}} and {@code {group}} as in home
 * @param url a server elsewhere; its password may stand in the URL
 * @param rights what is allowed there; that of the user unless it is set
 * @param quota how much may be stored there; unlimited unless it is set
 */
@RecordBuilder
public record FolderConfig(
    @Key(
            value = "a directory of this machine; {user} and {group} as in home",
            example = "/srv/shared")
        @Nullable String path,
    @Key(
            value = "a server elsewhere; its password may stand in the URL",
            example = "ftps://us@partner.example/out")
        @Nullable Secret url,
    @Key(
            value = "what is allowed there; that of the user unless it is set",
            example = "[list, read]")
        @Nullable List<FileRight> rights,
    @Key("how much may be stored there; unlimited unless it is set") @Nullable QuotaConfig quota)
    implements FolderConfigBuilder.With {
  public FolderConfig {
    rights = rights == null ? null : List.copyOf(rights);
  }
}
