package dev.sluice.ftp.listing;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names of months as servers abbreviate them in the language of their system. Accents are ignored,
 * since many servers send them in a charset other than that of the names.
 */
final class Months {
  private static final int LONGEST = 12;

  /** English first: where two languages conflict, English wins. */
  private static final List<String> NAMES =
      List.of(
          "jan feb mar apr may jun jul aug sep oct nov dec",
          "jan feb mär apr mai jun jul aug sep okt nov dez",
          "- - mrz - - - - - sept - - -",
          "january february march april - june july august september october november december",
          "januar februar märz - - juni juli - - oktober - dezember",
          "janv févr mars avr mai juin juil août sept oct nov déc",
          "jan fév - - - - jui aoû - - - -",
          "janvier février - avril - - juillet - septembre octobre novembre décembre",
          "gen feb mar apr mag giu lug ago set ott nov dic",
          "ene feb mar abr may jun jul ago sep oct nov dic",
          "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
          "jan fev mar abr mai jun jul ago set out nov dez",
          "jan feb mrt apr mei jun jul aug sep okt nov dec",
          "jan febr márc ápr máj jún júl aug szept okt nov dec",
          "sty lut mar kwi maj cze lip sie wrz paź lis gru",
          "янв фев мар апр май июн июл авг сен окт ноя дек",
          "янв февр марта апр мая июня июля авг сент окт нояб дек");

  private static final Map<String, Integer> BY_NAME = new HashMap<>();
  private static final Map<String, Integer> DAMAGED = new HashMap<>();

  static {
    for (String language : NAMES) {
      String[] names = language.split(" ", -1);
      for (int i = 0; i < names.length; i++) {
        if (!names[i].equals("-")) {
          BY_NAME.putIfAbsent(plain(names[i]), i + 1);
          addDamaged(names[i], i + 1);
        }
      }
    }
  }

  private Months() {}

  /** 1 to 12; 0 = no month. A {@code .} or {@code ,} after the name is ignored. */
  static int of(String word) {
    String name = Digits.unmarked(word);
    if (name.isEmpty() || name.length() > LONGEST) {
      return 0;
    }
    if (name.charAt(0) >= '0' && name.charAt(0) <= '9') {
      return Digits.counted(name, 12); // 1月, 1월, whatever the charset
    }
    boolean ascii = isAscii(name);
    Integer month = BY_NAME.get(ascii ? name.toLowerCase(Locale.ROOT) : plain(name));
    if (month == null && !ascii) {
      month = DAMAGED.get(damaged(name));
    }
    return month == null ? 0 : month;
  }

  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static String plain(String name) {
    return Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "");
  }

  /** What is left of {@code mär} when its octets are not those of the charset. */
  private static String damaged(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\x00-\\x7f]+", "?");
  }

  private static void addDamaged(String name, int month) {
    String key = damaged(name);
    if (key.indexOf('?') >= 0 && key.length() > 2) {
      DAMAGED.putIfAbsent(key, month);
    }
  }
}
