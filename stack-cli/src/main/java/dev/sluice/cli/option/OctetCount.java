package dev.sluice.cli.option;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of octets, as {@code 512}, {@code 64m} or {@code 1g}; powers of 1024. */
public final class OctetCount implements ITypeConverter<Long> {

  @Override
  public Long convert(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int shift =
        switch (lower.isEmpty() ? ' ' : lower.charAt(lower.length() - 1)) {
          case 'k' -> 10;
          case 'm' -> 20;
          case 'g' -> 30;
          default -> 0;
        };
    String digits = shift == 0 ? lower : lower.substring(0, lower.length() - 1);
    if (!digits.matches("[0-9]{1,9}") || Long.parseLong(digits) == 0) {
      throw new TypeConversionException("'" + text + "' is no size; write it as 64m or 1g");
    }
    return Long.parseLong(digits) << shift;
  }
}
