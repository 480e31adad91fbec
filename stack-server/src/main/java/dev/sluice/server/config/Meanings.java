package dev.sluice.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** What the settings of the protocols mean, as the Javadoc of their records says. */
final class Meanings {
  private static final Properties ALL = read();

  private Meanings() {}

  /** The words for a component; empty = none are known. */
  static String of(Class<?> type, String component) {
    return ALL.getProperty(type.getSimpleName() + "." + component, "");
  }

  private static Properties read() {
    Properties all = new Properties();
    try (InputStream file = Meanings.class.getResourceAsStream("meanings.properties")) {
      if (file != null) {
        all.load(new InputStreamReader(file, StandardCharsets.UTF_8));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
