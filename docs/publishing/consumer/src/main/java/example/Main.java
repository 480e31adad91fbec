package example;

import dev.sluice.docs.examples.ClientExample;
import dev.sluice.docs.examples.ServerExample;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A transfer with nothing on the class path but what was published. */
public final class Main {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Main() {}

  public static void main(String[] args) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path files = Files.createTempDirectory("consumer");
    ServerExample.serve(files, port).block(LIMIT);
    List<String> came = ClientExample.roundTrip(port).collectList().block(LIMIT);
    Files.delete(files.resolve("hello.txt"));
    Files.delete(files);
    System.out.println(came);
    System.exit(List.of("hello.txt", "hello").equals(came) ? 0 : 1);
  }
}
