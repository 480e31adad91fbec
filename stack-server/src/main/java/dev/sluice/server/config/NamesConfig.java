package dev.sluice.server.config;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * Which names new files may have.
 *
 * @param allow patterns, of which one must fit; all names unless it is set
 * @param deny patterns, of which none may fit
 */
@RecordBuilder
public record NamesConfig(
    @Key(value = "patterns, of which one must fit; all names unless it is set", example = "*.csv")
        List<String> allow,
    @Key(value = "patterns, of which none may fit", example = "*.exe") List<String> deny)
    implements NamesConfigBuilder.With {
  public NamesConfig {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }
}
