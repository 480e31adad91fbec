package dev.sluice.cli.option;

import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time, as {@code 90s}, {@code 15m}, {@code 12h} or {@code 30d}. */
public final class Age implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.matches("[0-9]{1,6}[smhd]")) {
      throw new TypeConversionException(
          "'" + text + "' is no time; write it as 90s, 15m, 12h or 30d");
    }
    long count = Long.parseLong(lower.substring(0, lower.length() - 1));
    return switch (lower.charAt(lower.length() - 1)) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
