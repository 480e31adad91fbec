package dev.sluice.ftp.listing;

import dev.sluice.api.RawName;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Marks such as AM and PM, in the languages and in the charsets of systems that print them. A mark
 * may hold blanks and dots, as in {@code a. m.}.
 */
enum HalfOfDay {
  BEFORE_NOON,
  AFTER_NOON;

  /** The marks as Windows shows them; where two languages conflict, the first wins. */
  private static final List<String> MARKS =
      List.of(
          "am pm",
          "上午 下午",
          "午前 午後",
          "오전 오후",
          "πμ μμ",
          "de du",
          "sa ch",
          "dop odp",
          "fm em",
          "vm nm",
          "ap ip",
          "öö ös",
          "ص م",
          "ق.ظ ب.ظ",
          "pd md",
          "पूर्वाह्न अपराह्न");

  /** The charsets that systems used before UTF-8; some still do. */
  private static final List<String> CHARSETS =
      List.of(
          "GBK",
          "Big5",
          "Shift_JIS",
          "EUC-JP",
          "EUC-KR",
          "windows-1253",
          "windows-1254",
          "windows-1256",
          "IBM850",
          "IBM437");

  private static final int LONGEST = 24;
  private static final Map<String, HalfOfDay> BY_MARK = new HashMap<>();

  static {
    for (String pair : MARKS) {
      String[] marks = pair.split(" ", -1);
      add(marks[0], BEFORE_NOON, StandardCharsets.UTF_8);
      add(marks[1], AFTER_NOON, StandardCharsets.UTF_8);
    }
    CHARSETS.stream().filter(Charset::isSupported).map(Charset::forName).forEach(HalfOfDay::add);
  }

  private static void add(Charset charset) {
    for (String pair : MARKS) {
      if (charset.newEncoder().canEncode(pair)) {
        String[] marks = pair.split(" ", -1);
        add(marks[0], BEFORE_NOON, charset);
        add(marks[1], AFTER_NOON, charset);
      }
    }
  }

  private static void add(String mark, HalfOfDay half, Charset charset) {
    BY_MARK.putIfAbsent(plain(RawName.decode(mark.getBytes(charset))), half);
  }

  /** The half that {@code mark} names; null = it is no mark that we know. */
  static @Nullable HalfOfDay of(String mark) {
    return mark.isEmpty() || mark.length() > LONGEST ? null : BY_MARK.get(plain(mark));
  }

  /** {@code time} on a clock of twelve hours, where 12 is the hour before 1. */
  Optional<LocalTime> of(LocalTime time) {
    int hour = time.getHour();
    return hour < 1 || hour > 12
        ? Optional.empty()
        : Optional.of(time.withHour(hour % 12 + (this == AFTER_NOON ? 12 : 0)));
  }

  private static String plain(String mark) {
    return mark.toLowerCase(Locale.ROOT).replaceAll("[.\\s\\u00a0\\u202f]", "");
  }
}
