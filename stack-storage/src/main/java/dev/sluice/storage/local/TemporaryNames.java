package dev.sluice.storage.local;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names for incomplete files: {@code .sluice-RANDOM.part}, of a fixed length, so they fit next to
 * names of any length. Clients cannot guess such a name, open it, or see it in a listing.
 */
final class TemporaryNames {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String PREFIX = ".sluice-";
  private static final String SUFFIX = ".part";
  private static final int RANDOM_OCTETS = 15;
  private static final int LENGTH = PREFIX.length() + RANDOM_OCTETS * 4 / 3 + SUFFIX.length();

  private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

  private TemporaryNames() {}

  /** Marks the name as used by this process, until {@link #free}. */
  static void use(Path name) {
    IN_USE.add(name);
  }

  static void free(Path name) {
    IN_USE.remove(name);
  }

  static boolean isInUse(Path name) {
    return IN_USE.contains(name);
  }

  static Path next() {
    byte[] octets = new byte[RANDOM_OCTETS];
    RANDOM.nextBytes(octets);
    return Path.of(
        PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(octets) + SUFFIX);
  }

  static boolean matches(String name) {
    return name.length() == LENGTH && name.startsWith(PREFIX) && name.endsWith(SUFFIX);
  }
}
