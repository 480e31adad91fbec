package dev.sluice.cli.place;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Places on this machine that are read or written as they are, since there is nothing to replace:
 * {@code -}, pipes, devices, and the descriptors of a process under {@code /dev} and {@code /proc},
 * whatever they lead to.
 */
public final class LocalStreams {
  public static final String STANDARD = "-";
  private static final int BUFFER_OCTETS = 64 * 1024;

  private LocalStreams() {}

  /** Whether {@code local} is such a place. */
  public static boolean isStream(String local) {
    if (local.equals(STANDARD)) {
      return true;
    }
    Path path = Path.of(local).toAbsolutePath().normalize();
    return path.startsWith("/dev/fd")
        || path.equals(Path.of("/dev/stdin"))
        || path.equals(Path.of("/dev/stdout"))
        || path.equals(Path.of("/dev/stderr"))
        || path.startsWith("/proc")
        || Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  public static InputStream read(String local) {
    try {
      // Without the buffer it asks a pipe how long it is, and so does a channel.
      return new BufferedInputStream(
          local.equals(STANDARD)
              ? new FileInputStream(FileDescriptor.in)
              : new FileInputStream(local),
          BUFFER_OCTETS);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + local + ": " + e.getMessage(), e);
    }
  }

  /** What a descriptor leads to is opened again, and so goes on where it stands only at its end. */
  public static OutputStream write(String local) {
    try {
      return switch (local) {
        case STANDARD, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1" ->
            new Kept(new FileOutputStream(FileDescriptor.out));
        case "/dev/stderr", "/dev/fd/2", "/proc/self/fd/2" ->
            new Kept(new FileOutputStream(FileDescriptor.err));
        default -> new FileOutputStream(local, true);
      };
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + local + ": " + e.getMessage(), e);
    }
  }

  /** A stream of the process, which goes on after one command of a shell. */
  private static final class Kept extends FilterOutputStream {
    Kept(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      out.write(octets, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
