package dev.sluice.ftp.listing;

import dev.sluice.api.FileAttributes;
import java.util.Optional;

/** The data of MLSD: one {@link MlsxEntry} a line; the directory itself and its parent left out. */
final class MlsdParser implements DialectParser {
  @Override
  public Reading read(String line) {
    Optional<MlsxEntry> read = MlsxEntry.parse(line);
    if (read.isEmpty()) {
      return Reading.UNPARSED;
    }
    MlsxEntry entry = read.get();
    if (entry.isCurrent() || entry.isParent()) {
      return Reading.SKIPPED;
    }
    FileAttributes attributes = entry.attributes();
    return Reading.entry(entry.name(), attributes, attributes.modified() != null);
  }
}
