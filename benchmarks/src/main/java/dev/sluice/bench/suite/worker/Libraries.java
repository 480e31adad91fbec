package dev.sluice.bench.suite.worker;

import java.util.Map;
import java.util.function.Supplier;

/** The libraries by name. */
final class Libraries {
  private static final Map<String, Supplier<Library>> BY_NAME =
      Map.of(
          "sluice", SluiceLibrary::new,
          "commons-net", CommonsNetLibrary::new,
          "mina", () -> new MinaLibrary(MinaSettings.DEFAULTS),
          "mina-tuned", () -> new MinaLibrary(MinaSettings.TUNED),
          "sshj", SshjLibrary::new,
          "jsch", JschLibrary::new);

  private Libraries() {}

  static Library named(String name) {
    Supplier<Library> made = BY_NAME.get(name);
    if (made == null) {
      throw new IllegalArgumentException("no library is called " + name);
    }
    return made.get();
  }
}
