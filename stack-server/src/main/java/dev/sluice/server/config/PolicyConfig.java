package dev.sluice.server.config;

import dev.sluice.api.login.Right;
import dev.sluice.transport.Network;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user or a group may do: what a user does not say is that of the group.
 *
 * @param home the directory that is the root for the user; {@code {user}} stands for the name,
 *     {@code {group}} for the group
 * @param rights what is allowed everywhere: list, read, write, create, overwrite, append, delete,
 *     rename, mkdir, rmdir, chmod, links, all
 * @param folders other trees below the root, by their paths
 * @param rules rights of parts of the tree, and what names are allowed; the last that fits counts
 * @param quota how much may be stored; unlimited unless it is set
 * @param rate how fast each user may transfer; unlimited unless it is set
 * @param from networks that the user may come from; all unless it is set
 * @param times days and hours of the server at which logins are allowed; always unless it is set
 * @param sessions sessions at one time; that of limits unless it is set
 * @param transfers transfers at one time; that of limits unless it is set
 * @param protocols what the user may log in with: ftp, ftps, sftp; all unless it is set
 * @param denyCommands commands of FTP that are refused
 */
@RecordBuilder
public record PolicyConfig(
    @Key(
            value =
                "the directory that is the root for the user; {user} stands for the name, {group} for the group",
            example = "/srv/{user}")
        @Nullable String home,
    @Key(
            value =
                "what is allowed everywhere: list, read, write, create, overwrite, append, delete, rename, mkdir, rmdir, chmod, links, all",
            example = "[list, read]")
        @Nullable List<FileRight> rights,
    @Key("other trees below the root, by their paths") @Nullable Map<String, FolderConfig> folders,
    @Key("rights of parts of the tree, and what names are allowed; the last that fits counts")
        @Nullable List<RuleConfig> rules,
    @Key("how much may be stored; unlimited unless it is set") @Nullable QuotaConfig quota,
    @Key("how fast each user may transfer; unlimited unless it is set") @Nullable RateConfig rate,
    @Key(
            value = "networks that the user may come from; all unless it is set",
            example = "192.0.2.0/24")
        @Nullable List<Network> from,
    @Key(
            value =
                "days and hours of the server at which logins are allowed; always unless it is set",
            example = "Mon-Fri 07:00-19:00")
        @Nullable List<String> times,
    @Key(value = "sessions at one time; that of limits unless it is set", example = "5")
        @Nullable Integer sessions,
    @Key(value = "transfers at one time; that of limits unless it is set", example = "4")
        @Nullable Integer transfers,
    @Key(
            value = "what the user may log in with: ftp, ftps, sftp; all unless it is set",
            example = "[sftp]")
        @Nullable List<String> protocols,
    @Key(value = "commands of FTP that are refused", example = "[SITE]")
        @Nullable List<String> denyCommands)
    implements PolicyConfigBuilder.With {
  public PolicyConfig {
    rights = rights == null ? null : List.copyOf(rights);
    rules = rules == null ? null : List.copyOf(rules);
    from = from == null ? null : List.copyOf(from);
    times = times == null ? null : List.copyOf(times);
    protocols = protocols == null ? null : List.copyOf(protocols);
    denyCommands = denyCommands == null ? null : List.copyOf(denyCommands);
    folders = folders == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(folders));
  }

  /** The rights that count where no folder and no rule has others. */
  public Set<Right> everywhere() {
    return rights == null ? Right.ALL : FileRight.of(rights);
  }

  /** Everything that is allowed somewhere. */
  public Set<Right> anywhere() {
    Set<Right> all = EnumSet.noneOf(Right.class);
    all.addAll(everywhere());
    if (folders != null) {
      folders.values().forEach(folder -> all.addAll(FileRight.of(orNone(folder.rights()))));
    }
    if (rules != null) {
      rules.forEach(rule -> all.addAll(FileRight.of(orNone(rule.rights()))));
    }
    return Set.copyOf(all);
  }

  private static List<FileRight> orNone(@Nullable List<FileRight> rights) {
    return rights == null ? List.of() : rights;
  }
}
