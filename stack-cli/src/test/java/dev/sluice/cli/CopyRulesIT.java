package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What cp, rsync and sftp users expect of {@code get} and {@code put}, the same over FTP and SSH.
 */
final class CopyRulesIT {
  @TempDir Path home;
  private Path served;
  private SluiceProcess server;

  @BeforeEach
  void serve() throws IOException {
    served = Files.createDirectory(home.resolve("served"));
    server =
        SluiceProcess.start(
            home,
            "serve",
            "--root",
            served.toString(),
            "--user",
            "ann:s3cret",
            "--host-keys",
            home.resolve("keys").toString(),
            "--listen",
            "ftp://127.0.0.1:0",
            "--listen",
            "sftp://127.0.0.1:0");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void modesGoThereAndComeBack(String scheme) throws Exception {
    Files.createDirectory(home.resolve("t"));
    write("t/secret", "rw-------");
    write("t/program", "rwxr-x---");

    assertThat(run(scheme, "put", "-r", "t", url(scheme, "/t"))).isZero();
    assertThat(run(scheme, "put", "t/secret", url(scheme, "/alone"))).isZero();
    assertThat(run(scheme, "get", "-r", url(scheme, "/t"), "back")).isZero();

    assertThat(mode(served.resolve("t/secret"))).isEqualTo("rw-------");
    assertThat(mode(served.resolve("alone"))).isEqualTo("rw-------");
    assertThat(mode(served.resolve("t/program"))).isEqualTo("rwxr-x---");
    assertThat(mode(home.resolve("back/secret"))).isEqualTo("rw-------");
    assertThat(mode(home.resolve("back/program"))).isEqualTo("rwxr-x---");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void aTreeCopiedTwiceLiesWhereItLay(String scheme) throws Exception {
    Files.createDirectories(home.resolve("t/d"));
    write("t/d/f", "rw-r--r--");
    for (int i = 0; i < 2; i++) {
      assertThat(run(scheme, "put", "-r", "t", url(scheme, "/up"))).isZero();
      assertThat(run(scheme, "put", "-r", "t", url(scheme, "/into/"))).isEqualTo(i == 0 ? 5 : 0);
      Files.createDirectories(served.resolve("into"));
      assertThat(run(scheme, "get", "-r", url(scheme, "/up"), "down")).isZero();
      assertThat(run(scheme, "get", "-r", url(scheme, "/up"), "here/")).isEqualTo(i == 0 ? 5 : 0);
      Files.createDirectories(home.resolve("here"));
    }

    assertThat(files(served)).containsExactlyInAnyOrder("up/d/f", "into/t/d/f");
    assertThat(files(home.resolve("down"))).containsExactly("d/f");
    assertThat(files(home.resolve("here"))).containsExactly("up/d/f");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void oneCauseHasOneStatus(String scheme) throws Exception {
    Files.createDirectory(served.resolve("d"));
    write("f", "rw-r--r--");

    assertThat(run(scheme, "put", "f", url(scheme, "/missing/f"))).isEqualTo(5);
    assertThat(run(scheme, "put", "f", url(scheme, "/" + "n".repeat(300)))).isEqualTo(1);
    assertThat(run(scheme, "mkdir", url(scheme, "/d"))).isEqualTo(1);
    assertThat(run(scheme, "mkdir", url(scheme, "/missing/d"))).isEqualTo(5);
    assertThat(run(scheme, "rm", url(scheme, "/d"))).isEqualTo(5);
    assertThat(run(scheme, "get", url(scheme, "/d"))).isEqualTo(5);
    assertThat(run(scheme, "put", "f", url(scheme, "/d"))).isZero();
    assertThat(served.resolve("d/f")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void whatATransferLeftIsFoundAndRemoved(String scheme) throws Exception {
    Path left = served.resolve("f.0123456789abcdef.part");
    Files.writeString(left, "half");
    Files.setLastModifiedTime(left, FileTime.from(Instant.EPOCH));
    Path ours = home.resolve(".sluice-aaaaaaaaaaaaaaaaaaaa.part");
    Files.writeString(ours, "half");
    Files.setLastModifiedTime(ours, FileTime.from(Instant.EPOCH));
    write("kept.part", "rw-r--r--");

    assertThat(run(scheme, "clean", url(scheme, "/"))).isZero();
    assertThat(left).exists();
    assertThat(run(scheme, "clean", "--delete", url(scheme, "/"))).isZero();
    assertThat(left).doesNotExist();
    assertThat(run(scheme, "clean", "--delete", home.toString())).isZero();
    assertThat(ours).doesNotExist();
    assertThat(home.resolve("kept.part")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void pipesAndDescriptorsAreStreams(String scheme) throws Exception {
    Files.writeString(served.resolve("f"), "hello");
    Path target = home.resolve("kept");
    Files.writeString(target, "before ");

    assertThat(shell(scheme, "sluice get " + url(scheme, "/f") + " /dev/stdout >> kept")).isZero();
    assertThat(target).hasContent("before hello");
    assertThat(
            shell(
                scheme,
                "mkfifo pipe; echo through > pipe & sluice put pipe " + url(scheme, "/piped")))
        .isZero();
    assertThat(served.resolve("piped")).hasContent("through\n");
    assertThat(shell(scheme, "echo in | sluice put /dev/stdin " + url(scheme, "/in"))).isZero();
    assertThat(served.resolve("in")).hasContent("in\n");
  }

  private String url(String scheme, String path) {
    String host =
        server.ready().stream()
            .filter(address -> address.startsWith(scheme + "://"))
            .findFirst()
            .orElseThrow()
            .substring((scheme + "://").length());
    return scheme + "://ann:s3cret@" + host + path;
  }

  private int run(String scheme, String command, String... rest) throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(command));
    if (scheme.equals("sftp") && List.of(rest).stream().anyMatch(each -> each.contains("://"))) {
      arguments.add("--insecure-host-key");
    }
    arguments.addAll(List.of(rest));
    return SluiceProcess.run(home, arguments.toArray(String[]::new));
  }

  private int shell(String scheme, String script) throws Exception {
    String java = String.join(" ", QuickJava.running("get"));
    String trust = scheme.equals("sftp") ? " --insecure-host-key" : "";
    String function = "sluice() { c=$1; shift; " + java + " $c" + trust + " \"$@\"; }\n";
    Process process =
        new ProcessBuilder("bash", "-c", function + script)
            .directory(home.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private void write(String name, String mode) throws IOException {
    Path file = Files.writeString(home.resolve(name), name);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static List<String> files(Path directory) throws IOException {
    try (var all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .toList();
    }
  }
}
