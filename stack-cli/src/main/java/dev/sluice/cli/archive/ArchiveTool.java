package dev.sluice.cli.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Prepares faster starts of the command on one Java: a server and a {@link Rehearsal} run, the
 * classes that were loaded go into an archive, and the options for a command are written beside it:
 * {@code get.args} for {@code get}, and {@code command.args} for the commands without a file of
 * their own. Java reads such a file where its name follows an @.
 *
 * <p>Run as {@code java -cp sluice.jar dev.sluice.cli.archive.ArchiveTool DIRECTORY}. {@code
 * command.args} appears last, so that its presence says that all is there. The archive is good for
 * this Java and this place of the jar; elsewhere it is not used, and starts are as slow as without.
 */
public final class ArchiveTool {
  private static final long PATIENCE_SECONDS = 120;
  private static final int LINES_SHOWN = 20;
  private static final String READY = "ready ";

  private final Path jar = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
  private final String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private final ClassArchive archive = ClassArchive.ofThisJava();
  private final String password = UUID.randomUUID().toString();
  private final Path directory;
  private final Path work;

  private ArchiveTool(Path directory, Path work) {
    this.directory = directory;
    this.work = work;
  }

  /**
   * Writes into the directory that is the only argument, and creates it if it is not there.
   *
   * @throws IOException if a process does not do its part; its output is in the message
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Files.createDirectories(Path.of(args[0])).toAbsolutePath().normalize();
    Path work = Files.createTempDirectory(directory, "work");
    try {
      new ArchiveTool(directory, work).run();
    } finally {
      remove(work);
    }
  }

  private void run() throws IOException, InterruptedException {
    try (InputStream directives = ArchiveTool.class.getResourceAsStream(Profile.DIRECTIVES)) {
      Files.copy(
          directives, directory.resolve(Profile.DIRECTIVES), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.createDirectories(work.resolve("root"));
    Process server = start(List.of(), "server", serverArguments());
    try {
      List<String> arguments = new ArrayList<>(List.of(Rehearsal.class.getName(), work.toString()));
      arguments.addAll(addresses(server));
      end(start(options(archive.recording(work)), "rehearsal", arguments), "rehearsal");
    } finally {
      server.destroy();
    }
    if (!archive.writing(work).isEmpty()) {
      List<String> arguments = List.of("dev.sluice.cli.Main");
      end(start(options(archive.writing(work)), "archive", arguments), "archive");
    }
    Files.move(archive.file(work), archive.file(directory), StandardCopyOption.REPLACE_EXISTING);
    write(Profile.SERVICE);
    write(Profile.TRANSFER);
    write(Profile.COMMAND);
  }

  private static List<String> options(List<String> more) {
    List<String> options = new ArrayList<>(Profile.SHORT);
    options.addAll(more);
    return options;
  }

  private List<String> serverArguments() {
    return List.of(
        "dev.sluice.cli.Main",
        "serve",
        "--root=" + work.resolve("root"),
        "--host-keys=" + work.resolve("keys"),
        "--user=" + Rehearsal.USER + ":" + password,
        "--listen=sftp://127.0.0.1:0",
        "--listen=ftp://127.0.0.1:0",
        "--listen=ftpes://127.0.0.1:0");
  }

  private Process start(List<String> options, String name, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(options);
    command.addAll(List.of("-Duser.home=" + work, "-cp", jar.toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(nothing().toFile()))
            .redirectOutput(log(name).toFile());
    builder.environment().put("SLUICE_PASSWORD", password);
    builder.environment().put("XDG_CONFIG_HOME", work.toString());
    builder.environment().put("NETRC", work.resolve("netrc").toString());
    return builder.start();
  }

  private Path nothing() throws IOException {
    Path empty = work.resolve("empty");
    return Files.exists(empty) ? empty : Files.createFile(empty);
  }

  private Path log(String name) {
    return work.resolve(name + ".log");
  }

  private List<String> addresses(Process server) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (server.isAlive() && System.nanoTime() < deadline) {
      try (BufferedReader lines = Files.newBufferedReader(log("server"), StandardCharsets.UTF_8)) {
        String ready = lines.lines().filter(it -> it.startsWith(READY)).findFirst().orElse(null);
        if (ready != null) {
          return Arrays.asList(ready.substring(READY.length()).split(" "));
        }
      }
      server.waitFor(50, TimeUnit.MILLISECONDS);
    }
    throw failed("server");
  }

  private void end(Process process, String name) throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw failed(name);
    }
    if (process.exitValue() != 0) {
      throw failed(name);
    }
  }

  private IOException failed(String name) throws IOException {
    List<String> lines = Files.readAllLines(log(name), StandardCharsets.UTF_8);
    List<String> last = lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
    return new IOException("the " + name + " did not do its part:\n" + String.join("\n", last));
  }

  private void write(Profile profile) throws IOException {
    List<String> options = new ArrayList<>(archive.using(directory));
    options.addAll(profile.options(directory));
    StringBuilder lines = new StringBuilder();
    options.forEach(
        it ->
            lines
                .append('"')
                .append(it.replace("\\", "\\\\").replace("\"", "\\\""))
                .append("\"\n"));
    for (String command : profile.commands()) {
      Files.writeString(directory.resolve(command + ".args"), lines);
    }
  }

  private static void remove(Path tree) throws IOException {
    List<Path> all;
    try (var paths = Files.walk(tree)) {
      all = new ArrayList<>(paths.toList());
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Files.deleteIfExists(all.get(i));
    }
  }
}
