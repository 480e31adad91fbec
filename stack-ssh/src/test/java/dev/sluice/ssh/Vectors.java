package dev.sluice.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Known answers from {@code ssh-vectors.properties}, which names the source of each. */
public final class Vectors {
  private static final Properties ALL = load();

  private Vectors() {}

  /** The value as text. */
  public static String text(String key) {
    String value = ALL.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("no vector " + key);
    }
    return value;
  }

  /** Whether there is such a value. */
  public static boolean has(String key) {
    return ALL.containsKey(key);
  }

  /** The value, which is in hex. */
  public static byte[] hex(String key) {
    return HexFormat.of().parseHex(text(key));
  }

  /** The value, a number in hex. */
  public static BigInteger number(String key) {
    return new BigInteger(text(key), 16);
  }

  /** The value, a number in decimal. */
  public static int decimal(String key) {
    return Integer.parseInt(text(key));
  }

  /** The keys of the elements of a list. */
  public static Stream<String> elements(String list) {
    return IntStream.range(0, decimal(list + ".count")).mapToObj(i -> list + "." + i);
  }

  private static Properties load() {
    Properties all = new Properties();
    try (InputStream in = Vectors.class.getResourceAsStream("ssh-vectors.properties")) {
      all.load(in);
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
