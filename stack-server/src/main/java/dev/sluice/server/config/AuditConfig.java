package dev.sluice.server.config;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The record of what users do.
 *
 * @param file where the lines go; {@code -} is standard output
 * @param format json or text; default json
 * @param rotateAt the size at which a new file is begun; default 100MiB
 * @param rotateAfter the age at which a new file is begun; never unless it is set
 * @param keep old files that are kept; default 10
 */
@RecordBuilder
public record AuditConfig(
    @Key(
            value = "where the lines go; - is standard output",
            required = true,
            example = "/var/log/sluice/audit.json")
        Path file,
    @Key(value = "json or text", standard = "json") Format format,
    @Key(value = "the size at which a new file is begun", standard = "100MiB") Octets rotateAt,
    @Key(value = "the age at which a new file is begun; never unless it is set", example = "1d")
        @Nullable Duration rotateAfter,
    @Key(value = "old files that are kept", standard = "10") int keep)
    implements AuditConfigBuilder.With {
  /** Standard output is written as {@code -}. */
  public boolean toStandardOutput() {
    return file.endsWith("-");
  }

  /** How a line is written. */
  public enum Format {
    /** An object of JSON. */
    JSON,
    /** Words. */
    TEXT
  }
}
