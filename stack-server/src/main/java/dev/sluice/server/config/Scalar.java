package dev.sluice.server.config;

import dev.sluice.ftp.PortRange;
import dev.sluice.transport.Network;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A type of values that are one text in the document.
 *
 * @param noun what a value is called
 * @param form how one is written
 * @param pattern what a text of the type looks like at first sight, for the schema
 * @param reader throws {@link IllegalArgumentException} for a text that is none
 * @param writer the inverse of the reader
 */
record Scalar<T>(
    String noun,
    String form,
    String pattern,
    Function<String, T> reader,
    Function<T, String> writer) {

  private static final String ANY = "";

  private static final Map<Class<?>, Scalar<?>> ALL =
      Map.ofEntries(
          Map.entry(String.class, of("text", "a text", ANY, text -> text, text -> text)),
          Map.entry(Boolean.class, of("choice", "true or false", ANY, Scalar::truth, Scalar::text)),
          Map.entry(
              Integer.class,
              of("number", "a whole number", ANY, Quantities::smallNumber, Scalar::text)),
          Map.entry(
              Long.class, of("number", "a whole number", ANY, Quantities::number, Scalar::text)),
          Map.entry(
              Duration.class,
              of(
                  "time",
                  "30s, 500ms, 10m, 1h or 7d",
                  Quantities.TIME,
                  Quantities::time,
                  Quantities::text)),
          Map.entry(
              Octets.class,
              of(
                  "number of octets",
                  "it as 50GiB, 100MiB, 64KiB or 1000000",
                  Quantities.SIZE,
                  text -> new Octets(Quantities.octets(text)),
                  octets -> Quantities.octetsText(octets.number()))),
          Map.entry(
              Rate.class,
              of(
                  "rate",
                  "it as 10MiB/s or 500KiB/s",
                  Quantities.SIZE + "/s",
                  Quantities::rate,
                  rate -> Quantities.octetsText(rate.octetsPerSecond()) + "/s")),
          Map.entry(
              Network.class,
              of(
                  "network",
                  "192.0.2.0/24, 2001:db8::/32 or one address",
                  ANY,
                  Network::parse,
                  Scalar::text)),
          Map.entry(
              PortRange.class,
              of(
                  "range of ports",
                  "60000-65535, or one port",
                  "[0-9]+(-[0-9]+)?",
                  PortRange::parse,
                  Scalar::text)),
          Map.entry(Path.class, of("path", "the path of a file", ANY, Scalar::path, Scalar::text)),
          Map.entry(URI.class, of("URL", "scheme://host:port", ".+:.+", URI::create, Scalar::text)),
          Map.entry(
              LocalDate.class,
              of("date", "2027-01-31", "[0-9]{4}-[0-9]{2}-[0-9]{2}", Scalar::date, Scalar::text)),
          Map.entry(
              Charset.class,
              of("charset", "UTF-8 or ISO-8859-1", ANY, Charset::forName, Charset::name)),
          Map.entry(Secret.class, of("secret", "a text", ANY, Secret::new, Secret::written)));

  private static <T> Scalar<T> of(
      String noun,
      String form,
      String pattern,
      Function<String, T> reader,
      Function<T, String> writer) {
    return new Scalar<>(noun, form, pattern, reader, writer);
  }

  /** The type of a component; null = it is no scalar. */
  static @Nullable Scalar<?> of(Class<?> type) {
    if (type.isEnum()) {
      return words(type);
    }
    Class<?> boxed =
        type == int.class
            ? Integer.class
            : type == long.class ? Long.class : type == boolean.class ? Boolean.class : type;
    return ALL.get(boxed);
  }

  /** The value in the form of the document. */
  @SuppressWarnings("unchecked") // looked up by the class of the value
  static String write(Object value) {
    Class<?> type = value instanceof Path ? Path.class : value.getClass();
    type = value instanceof Charset ? Charset.class : type;
    type = value instanceof Enum<?> word ? word.getDeclaringClass() : type;
    Scalar<Object> scalar = (Scalar<Object>) of(type);
    if (scalar == null) {
      throw new IllegalArgumentException("no text for " + type);
    }
    return scalar.writer.apply(value);
  }

  /** The words of an enum, as the document has them. */
  static List<String> words(Object[] constants) {
    return Arrays.stream(constants)
        .map(each -> ((Enum<?>) each).name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static Scalar<Object> words(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    List<String> words = words(constants);
    String form =
        words.size() == 1
            ? words.get(0)
            : words.stream().limit(words.size() - 1L).collect(Collectors.joining(", "))
                + " or "
                + words.get(words.size() - 1);
    return new Scalar<>(
        "word of this key",
        form,
        ANY,
        text -> {
          int at = words.indexOf(text.toLowerCase(Locale.ROOT));
          if (at < 0) {
            throw new IllegalArgumentException(text);
          }
          return constants[at];
        },
        value -> ((Enum<?>) value).name().toLowerCase(Locale.ROOT));
  }

  private static Boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Path path(String text) {
    return text.startsWith("~/")
        ? Path.of(System.getProperty("user.home"), text.substring(2))
        : Path.of(text);
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static String text(Object value) {
    return String.valueOf(value);
  }
}
