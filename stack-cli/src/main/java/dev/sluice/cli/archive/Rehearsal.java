package dev.sluice.cli.archive;

import dev.sluice.cli.Main;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Does what people do with the command, so that its classes are known before they are needed. */
public final class Rehearsal {
  static final String USER = "rehearsal";

  private static final int FILE_BYTES = 32 << 20;
  private static final int SMALL_FILES = 30;

  private Rehearsal() {}

  /** Runs the commands against the servers whose URLs follow the directory to work in. */
  public static void main(String[] args) throws IOException {
    Path work = Path.of(args[0]);
    Path tree = Files.createDirectories(work.resolve("tree"));
    Files.write(work.resolve("file"), new byte[FILE_BYTES]);
    for (int i = 0; i < SMALL_FILES; i++) {
      Files.writeString(tree.resolve("file" + i), "content " + i);
    }
    int status = Main.run("ls", "--help");
    for (String url : List.of(args).subList(1, args.length)) {
      String here = work + "/" + URI.create(url).getScheme();
      String server = url.replace("://", "://" + USER + "@");
      status |= run(url, "put", work + "/file", server + "/");
      status |= run(url, "put", "-r", tree.toString(), server + "/");
      status |= run(url, "ls", "-l", server + "/tree");
      status |= run(url, "stat", server + "/file");
      status |= run(url, "get", server + "/file", here + "-again");
      status |= run(url, "get", "-r", server + "/tree", here + "-trees");
      status |= run(url, "sync", server + "/tree", here + "-synced");
      status |= run(url, "rm", "-r", server + "/tree");
    }
    System.exit(status);
  }

  /** The servers are those of the same minute, and nobody knows their keys. */
  private static int run(String url, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    switch (URI.create(url).getScheme()) {
      case "sftp" -> all.add("--insecure-host-key");
      case "ftpes" -> all.add("--tls-insecure");
      default -> {}
    }
    return Main.run(all.toArray(String[]::new));
  }
}
