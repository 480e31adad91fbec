package dev.sluice.cli.config;

import java.nio.file.Path;

/** A configuration that is not understood: the file, the line, and what to write. No secret. */
public final class ConfigFault extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  ConfigFault(Path file, int line, String why) {
    super(file + (line > 0 ? ", line " + line : "") + ": " + why);
  }
}
