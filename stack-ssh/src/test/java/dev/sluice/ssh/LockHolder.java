package dev.sluice.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Another program that edits a file: holds its lock until its input ends, then adds a line. */
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (FileChannel file =
            FileChannel.open(
                Path.of(arguments[0]), StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = file.lock()) {
      System.out.println(lock.isValid() ? "held" : "lost");
      System.in.readAllBytes();
      file.write(ByteBuffer.wrap("theirs\n".getBytes(StandardCharsets.UTF_8)), file.size());
    }
  }
}
