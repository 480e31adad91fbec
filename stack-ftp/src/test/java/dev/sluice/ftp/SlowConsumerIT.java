package dev.sluice.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.Conforms;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slow reader of a large file holds no more than a little of it in memory. */
final class SlowConsumerIT {
  private static final long TWO_GIBIBYTES = 2L << 30;

  @TempDir private Path root;

  @Test
  @Conforms("FTP-102")
  void clientAndServerTogetherStayWithin64MebibytesOfHeapAndOfBuffers() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(root.resolve("big").toFile(), "rw")) {
      file.setLength(TWO_GIBIBYTES);
    }
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-XX:MaxDirectMemorySize=64m",
                    "-Dio.netty.maxDirectMemory=67108864",
                    "-cp",
                    System.getProperty("java.class.path"),
                    SlowConsumer.class.getName(),
                    root.toString(),
                    "big",
                    "8"))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(output).contains("200").doesNotContain("OutOfMemory").doesNotContain("LEAK");
    long read = Long.parseLong(output.replaceAll("(?s).*read (\\d+).*", "$1"));
    assertThat(read).isBetween(1_000_000L, 64_000_000L);
  }
}
