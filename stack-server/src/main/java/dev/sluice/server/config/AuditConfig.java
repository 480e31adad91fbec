package dev.sluice.server.config;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;

/**
 * The record of what users do.
 *
 * @param file where the lines go
 * @param format json or text; default json
 * @param rotateAt the size at which a new file is begun; default 100MiB
 * @param keep old files that are kept; default 10
 */
@RecordBuilder
public record AuditConfig(
    @Key(value = "where the lines go", required = true, example = "/var/log/sluice/audit.json")
        Path file,
    @Key(value = "json or text", standard = "json") Format format,
    @Key(value = "the size at which a new file is begun", standard = "100MiB") Octets rotateAt,
    @Key(value = "old files that are kept", standard = "10") int keep)
    implements AuditConfigBuilder.With {
  /** How a line is written. */
  public enum Format {
    /** An object of JSON. */
    JSON,
    /** Words. */
    TEXT
  }
}
