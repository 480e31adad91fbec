package dev.sluice.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.observe.SessionObserver;
import dev.sluice.server.config.ConfigReader;
import dev.sluice.server.daemon.ConfiguredAccess;
import dev.sluice.server.daemon.Daemon;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** curl and OpenSSH's sftp log in with what OpenSSL and ssh-keygen have made. */
final class AccountsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int CURL_LOGIN_DENIED = 67;

  @TempDir private Path directory;
  private Daemon daemon;

  @BeforeEach
  void serve() throws Exception {
    Peers.require("curl", "openssl", "sftp", "ssh-keygen");
    Files.createDirectories(directory.resolve("home"));
    Files.writeString(directory.resolve("home/file"), "there");
    for (String key : List.of("authority", "own", "signed")) {
      run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key);
    }
    run("ssh-keygen", "-q", "-s", "authority", "-I", "id", "-n", "carl", "signed.pub");
    String hash = run("openssl", "passwd", "-6", "secret").output.strip();
    String authority = Files.readString(directory.resolve("authority.pub")).strip();
    List<String> lines =
        List.of(
            "listeners: [ { url: 'ftp://127.0.0.1:0' }, { url: 'sftp://127.0.0.1:0' } ]",
            "hostKeys: keys",
            "groups: [ { name: all, rights: [list, read], home: "
                + directory.resolve("home")
                + " } ]",
            "users:",
            "  - { name: ann, group: all, password: '" + hash + "' }",
            "  - { name: far, group: all, password: '" + hash + "', from: [192.0.2.0/24] }",
            "  - { name: kay, group: all, keys: [own.pub] }",
            "  - { name: out, group: all, keys: [own.pub], disabled: true }",
            "  - { name: carl, group: all, keys: ['cert-authority " + authority + "'] }");
    Path file = Files.write(directory.resolve("s.yaml"), lines);
    daemon =
        Daemon.start(
                ConfigReader.read(file, Map.<String, String>of()::get).config(),
                new ConfiguredAccess()::of,
                SessionObserver.NONE)
            .block(PATIENCE);
  }

  @AfterEach
  void stop() {
    if (daemon != null) {
      daemon.drain(Duration.ZERO).block(PATIENCE);
    }
  }

  @Test
  void curlLogsInWithAPasswordThatOpensslHashed() throws Exception {
    assertThat(curl("ann", "secret")).isEqualTo(new Ended(0, "there"));
    assertThat(curl("ann", "Secret").status).isEqualTo(CURL_LOGIN_DENIED);
    assertThat(curl("far", "secret").status).isEqualTo(CURL_LOGIN_DENIED);
    assertThat(curl("nobody", "secret").status).isEqualTo(CURL_LOGIN_DENIED);
  }

  @Test
  void sftpLogsInWithAKeyAndWithACertificateOfAnAuthority() throws Exception {
    assertThat(sftp("kay", "own")).isTrue();
    assertThat(sftp("carl", "signed")).isTrue();
    assertThat(sftp("kay", "signed")).isFalse();
    assertThat(sftp("carl", "own")).isFalse();
    assertThat(sftp("out", "own")).isFalse();
    assertThat(sftp("nobody", "own")).isFalse();
  }

  private Ended curl(String user, String password) throws Exception {
    return run("curl", "-s", "-u", user + ":" + password, daemon.urls().get(0) + "/file");
  }

  private boolean sftp(String user, String key) throws Exception {
    URI url = URI.create(daemon.urls().get(1));
    Path got = directory.resolve("got");
    Files.deleteIfExists(got);
    Path batch = Files.writeString(directory.resolve("batch"), "get file " + got + "\n");
    List<String> command = new ArrayList<>(List.of("sftp", "-q", "-F", "none", "-i", key));
    for (String option :
        List.of(
            "BatchMode=yes",
            "IdentitiesOnly=yes",
            "IdentityAgent=none",
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=" + directory.resolve("known"))) {
      command.addAll(List.of("-o", option));
    }
    command.addAll(List.of("-P", "" + url.getPort(), "-b", batch.toString()));
    command.add(user + "@" + url.getHost());
    Ended ended = run(command.toArray(String[]::new));
    return ended.status == 0 && Files.readString(got).equals("there");
  }

  private Ended run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, "run", ".out");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }

  private record Ended(int status, String output) {}
}
