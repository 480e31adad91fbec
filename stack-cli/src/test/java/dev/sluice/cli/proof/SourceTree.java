package dev.sluice.cli.proof;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The tree that is copied: many small files, some of a few MiB, sparse ones, links, empty
 * directories, names that are hard to carry, and in the large proof licences and libraries of the
 * JDK.
 *
 * @param small number of small files
 * @param sparse number of sparse files
 * @param sparseOctets size of each
 * @param jdk whether files of the JDK take part
 */
record SourceTree(int small, int sparse, long sparseOctets, boolean jdk) {
  private static final List<String> MODES =
      List.of("rw-r--r--", "rw-r-----", "rwxr-xr-x", "r--r--r--", "rw-------");
  private static final Instant LATEST = Instant.parse("2024-05-17T11:22:33Z");
  private static final int A_DIRECTORY_HOLDS = 50;
  private static final int MIDDLE = 4;
  private static final int MOST_OF_JDK = 3 << 20;

  /** Makes it in an empty directory. */
  void make(Path root, Side.Trait trait, Random random) throws IOException, InterruptedException {
    Files.createDirectories(root.resolve("empty/inside/further"));
    for (int number = 0; number < small; number++) {
      Path directory = root.resolve("d" + number / A_DIRECTORY_HOLDS % 7 + "/e" + number / 100);
      Files.createDirectories(directory);
      write(directory.resolve("file " + number), random.nextInt(20_000), random);
    }
    for (int number = 0; number < MIDDLE; number++) {
      write(root.resolve("middle" + number), (1 << 20) + random.nextInt(6 << 20), random);
    }
    write(root.resolve("none"), 0, random);
    odd(root, trait);
    if (jdk) {
      copyJdk(root.resolve("jdk"));
    }
    for (int number = 0; number < sparse; number++) {
      sparse(root.resolve("sparse" + number), random);
    }
    dress(root, random);
  }

  /** Gives every file a mode and a time, and every directory. */
  private static void dress(Path root, Random random) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> below = Files.walk(root)) {
      below.filter(each -> !each.equals(root)).forEach(all::add);
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Path each = all.get(i);
      if (Files.isSymbolicLink(each)) {
        continue;
      }
      String mode =
          Files.isDirectory(each)
              ? random.nextBoolean() ? "rwxr-xr-x" : "rwxr-x---"
              : MODES.get(random.nextInt(MODES.size()));
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString(mode));
      Files.setLastModifiedTime(
          each, FileTime.from(LATEST.minusSeconds(random.nextInt(300_000_000))));
    }
  }

  /** Names in octets that no text of UTF-8 has, a newline, blanks, a backslash. */
  private static void odd(Path root, Side.Trait trait) throws IOException, InterruptedException {
    shell(root, "mkdir \"$(printf 'od d\\351\\376')\"");
    shell(root, "printf raw > \"$(printf 'raw\\375\\376')\"");
    shell(root, "printf blank > ' two  blanks' && printf star > 'a*[b]?' && printf dash > ./-dash");
    shell(root, "printf deep > \"$(printf 'od d\\351\\376/\\303\\244\\200')\"");
    if (trait.lines()) {
      shell(root, "printf slash > 'back\\\\slash'");
      shell(root, "printf line > \"$(printf 'new\\nline')\"");
      // Over FTP this octet is a command of Telnet, which not every server undoes.
      shell(root, "printf last > \"$(printf 'last\\377')\"");
    }
    shell(root, "ln -s middle0 link && ln -s ../none empty/up && ln -s nowhere dangling");
  }

  private static void shell(Path root, String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("bash", "-ec", script).directory(root.toFile()).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(script);
    }
  }

  private static void copyJdk(Path to) throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("java.home")).toRealPath();
    Files.createDirectories(to.resolve("lib"));
    shell(to, "cp -a " + home.resolve("legal") + " legal");
    try (Stream<Path> files = Files.list(home.resolve("lib"))) {
      for (Iterator<Path> each = files.sorted().iterator(); each.hasNext(); ) {
        Path file = each.next();
        if (Files.isRegularFile(file) && Files.size(file) <= MOST_OF_JDK) {
          Files.copy(file, to.resolve("lib").resolve(file.getFileName()));
        }
      }
    }
  }

  private void sparse(Path file, Random random) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(sparseOctets);
      byte[] octets = new byte[4096];
      for (int i = 0; i < 16; i++) {
        random.nextBytes(octets);
        out.seek((long) (random.nextDouble() * (sparseOctets - octets.length)));
        out.write(octets);
      }
    }
  }

  static void write(Path file, int size, Random random) throws IOException {
    byte[] octets = new byte[size];
    random.nextBytes(octets);
    Files.write(file, octets);
  }

  /** Removes everything in a directory. */
  static void empty(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            if (!directory.equals(root)) {
              Files.delete(directory);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
