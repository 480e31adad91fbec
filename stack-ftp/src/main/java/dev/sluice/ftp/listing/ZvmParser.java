package dev.sluice.ftp.listing;

/** z/VM: each line shows which of its file systems is listed. */
final class ZvmParser implements DialectParser {
  private final DialectParser minidisk;
  private final DialectParser bfs;

  ZvmParser(Dates dates) {
    minidisk = PatternParser.zVm(dates);
    bfs = PatternParser.bfs(dates);
  }

  @Override
  public Reading read(String line) {
    Reading reading = minidisk.read(line);
    return reading.kind() == Reading.Kind.UNPARSED ? bfs.read(line) : reading;
  }
}
