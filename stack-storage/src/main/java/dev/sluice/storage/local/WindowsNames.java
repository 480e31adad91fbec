package dev.sluice.storage.local;

import java.util.Locale;
import java.util.Set;

/**
 * Names that Windows does not treat as a file of this name: devices, streams, other directories, or
 * the same name without its last character.
 */
final class WindowsNames {
  private static final String RESERVED = "\\/:*?\"<>|";
  private static final Set<String> DEVICES =
      Set.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$");
  private static final String NUMBERED_DEVICE = "(COM|LPT)[0-9\u00B9\u00B2\u00B3]";

  private WindowsNames() {}

  /** Whether a file of exactly this name can exist. */
  static boolean allow(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> c >= ' ' && RESERVED.indexOf(c) < 0)
        && !name.endsWith(".")
        && !name.endsWith(" ")
        && !isDevice(name);
  }

  /** A device name stays one with any extension after a dot, and with spaces before the dot. */
  private static boolean isDevice(String name) {
    int dot = name.indexOf('.');
    String stem =
        (dot < 0 ? name : name.substring(0, dot)).stripTrailing().toUpperCase(Locale.ROOT);
    return DEVICES.contains(stem) || stem.matches(NUMBERED_DEVICE);
  }
}
