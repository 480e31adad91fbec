package dev.sluice.cli.archive;

import java.nio.file.Path;
import java.util.List;

/** How a version of Java keeps loaded classes for the next start. */
enum ClassArchive {
  /** Class data sharing (JEP 310): a list of classes is recorded, then written out. */
  SHARED("classes.jsa") {
    @Override
    List<String> recording(Path directory) {
      return List.of("-Xshare:auto", "-XX:DumpLoadedClassList=" + list(directory));
    }

    @Override
    List<String> writing(Path directory) {
      return List.of(
          "-Xshare:dump",
          "-XX:SharedClassListFile=" + list(directory),
          "-XX:SharedArchiveFile=" + file(directory));
    }

    @Override
    List<String> using(Path directory) {
      return List.of("-XX:SharedArchiveFile=" + file(directory), "-Xshare:auto");
    }

    private static Path list(Path directory) {
      return directory.resolve("classes.list");
    }
  },
  /**
   * A cache with linked classes and profiles of methods (JEP 483, 514 and 515), written when the
   * recorded run ends.
   */
  AHEAD_OF_TIME("classes.aot") {
    @Override
    List<String> recording(Path directory) {
      return List.of("-XX:AOTCacheOutput=" + file(directory), UNSAFE);
    }

    @Override
    List<String> writing(Path directory) {
      return List.of();
    }

    @Override
    List<String> using(Path directory) {
      return List.of("-XX:AOTCache=" + file(directory), "-Xlog:aot=off", "-Xlog:cds=off", UNSAFE);
    }
  };

  private static final int FIRST_AHEAD_OF_TIME = 25;
  private static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

  private final String fileName;

  ClassArchive(String fileName) {
    this.fileName = fileName;
  }

  /** That of the Java that runs. */
  static ClassArchive ofThisJava() {
    return Runtime.version().feature() >= FIRST_AHEAD_OF_TIME ? AHEAD_OF_TIME : SHARED;
  }

  Path file(Path directory) {
    return directory.resolve(fileName);
  }

  /** The options of the run that is recorded. */
  abstract List<String> recording(Path directory);

  /** The options of the run that writes the archive afterwards; empty if none is needed. */
  abstract List<String> writing(Path directory);

  /** The options of every later run. A machine that cannot use the archive goes on without it. */
  abstract List<String> using(Path directory);
}
