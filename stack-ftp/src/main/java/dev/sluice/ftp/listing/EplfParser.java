package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import java.time.Instant;

/** EPLF: {@code +} facts each ended by a comma, a tab, the name (draft-bernstein-eplf). */
final class EplfParser implements DialectParser {
  private static final int MAX_FACTS = 64;
  private static final long MAX_SECOND = Instant.MAX.getEpochSecond();

  @Override
  public Reading read(String line) {
    int tab = line.indexOf('\t');
    if (tab < 0 || line.charAt(0) != '+') {
      return Reading.UNPARSED;
    }
    String[] facts = line.substring(1, tab).split(",", MAX_FACTS);
    FileAttributes attributes = FileAttributes.of(FileKind.OTHER);
    for (String fact : facts) {
      attributes = withFact(attributes, fact);
    }
    return Reading.entry(line.substring(tab + 1), attributes, attributes.modified() != null);
  }

  private static FileAttributes withFact(FileAttributes known, String fact) {
    if (fact.equals("/")) {
      return known.withKind(FileKind.DIRECTORY);
    }
    if (fact.equals("r")) {
      return known.isDirectory() ? known : known.withKind(FileKind.FILE);
    }
    if (fact.startsWith("up")) {
      int mode = Numbers.mode(fact.substring(2));
      return mode < 0 ? known : known.withPermissions(mode);
    }
    long number = fact.isEmpty() ? Numbers.NONE : Numbers.of(fact.substring(1));
    if (fact.startsWith("s") && number >= 0) {
      return known.withSize(number);
    }
    if (fact.startsWith("m") && number >= 0 && number <= MAX_SECOND) {
      return known.withModified(Instant.ofEpochSecond(number));
    }
    return fact.startsWith("i") ? known.withIdentity(fact.substring(1)) : known;
  }
}
