package dev.sluice.server.config;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule for a part of the tree, for names, or for both.
 *
 * @param path what the rule is about, as a pattern from the root; everything unless it is set
 * @param rights what is allowed there, in place of the rights of the user
 * @param names which names are allowed there
 * @param hidden whether it is left out of listings and treated as not there; default false
 */
@RecordBuilder
public record RuleConfig(
    @Key(
            value =
                "what the rule is about, as a pattern from the root; everything unless it is set",
            example = "/in/**")
        @Nullable String path,
    @Key(
            value = "what is allowed there, in place of the rights of the user",
            example = "[list, write]")
        @Nullable List<FileRight> rights,
    @Key("which names are allowed there") @Nullable NamesConfig names,
    @Key(value = "whether it is left out of listings and treated as not there", standard = "false")
        boolean hidden)
    implements RuleConfigBuilder.With {
  public RuleConfig {
    rights = rights == null ? null : List.copyOf(rights);
  }
}
