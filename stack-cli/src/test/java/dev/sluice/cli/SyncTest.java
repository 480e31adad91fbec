package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.LiveServers.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Makes trees alike, and says whether they are. */
final class SyncTest {
  @TempDir Path home;
  private Path served;
  private String site;
  private LiveServers servers;

  @BeforeEach
  void serve() throws IOException {
    served = Files.createDirectory(home.resolve("served"));
    Files.createDirectories(home.resolve("site/sub"));
    Files.writeString(home.resolve("site/a"), "a");
    Files.writeString(home.resolve("site/b.tmp"), "b");
    Files.writeString(home.resolve("site/sub/c"), "c");
    site = home.resolve("site").toString();
    servers = new LiveServers(served);
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void theTargetBecomesLikeTheSourceAndTheSecondRunHasNothingToDo(String scheme)
      throws IOException {
    Files.createDirectory(served.resolve("www"));
    Files.writeString(served.resolve("www/old"), "old");
    String target = servers.url(scheme, "/www");

    Ran plan = servers.run("sync", "--dry-run", "--delete", site, target);
    assertThat(plan.status()).isZero();
    assertThat(plan.out()).contains("complete (new)", "/www/a\n", "deleted", "/www/old\n");
    assertThat(served.resolve("www/a")).doesNotExist();
    assertThat(served.resolve("www/old")).exists();

    assertThat(servers.run("sync", site, target).err()).contains("3 copied", "0 deleted");
    assertThat(served.resolve("www/sub/c")).hasContent("c");
    assertThat(served.resolve("www/old")).exists();
    Ran second = servers.run("sync", "--delete", site, target);
    assertThat(second.status()).isZero();
    assertThat(second.err()).contains("0 copied", "3 unchanged", "1 deleted");
    assertThat(served.resolve("www/old")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void severalFilesMoveAtOnceAndLargeOnesInSegments(String scheme) throws IOException {
    byte[] large = new byte[20 << 20];
    new Random(1).nextBytes(large);
    Files.write(home.resolve("site/large"), large);
    for (int i = 0; i < 50; i++) {
      Files.writeString(home.resolve("site/sub/" + i), "x" + i);
    }
    String target = servers.url(scheme, "/many");
    String journal = home.resolve("notes").toString();

    Ran ran = servers.run("sync", "-j", "4", "--segments", "3", "--journal", journal, site, target);

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("54 copied");
    assertThat(served.resolve("many/large")).hasBinaryContent(large);
    assertThat(served.resolve("many/sub/49")).hasContent("x49");
    assertThat(home.resolve("notes")).doesNotExist();
    Ran back = servers.run("sync", "-j", "4", target, home.resolve("back").toString());
    assertThat(back.err()).contains("54 copied");
    assertThat(home.resolve("back/large")).hasBinaryContent(large);
    assertThat(servers.run("sync", "-j", "0", site, target).status()).isEqualTo(2);
    assertThat(servers.run("sync", "--segments", "0", site, target).status()).isEqualTo(2);
  }

  @Test
  void rulesDecideInTheirOrder() throws IOException {
    Path rules = Files.writeString(home.resolve("rules"), "# none\n- sub/\n");

    servers.run("sync", "--exclude", "*.tmp", "--filter-from", rules.toString(), site, www("1"));
    servers.run("sync", "--include", "*.tmp", "--exclude", "*", site, www("2"));
    servers.run("sync", "--exclude", "*", "--include", "*.tmp", site, www("3"));

    assertThat(served.resolve("1/a")).exists();
    assertThat(served.resolve("1/b.tmp")).doesNotExist();
    assertThat(served.resolve("1/sub")).doesNotExist();
    assertThat(served.resolve("2/b.tmp")).exists();
    assertThat(served.resolve("2/a")).doesNotExist();
    assertThat(served.resolve("3/b.tmp")).doesNotExist();
    assertThat(servers.run("sync", "--filter-from", site + "/a", site, www("4")).status())
        .isEqualTo(2);
  }

  @Test
  void noMoreIsDeletedThanWasAllowed() throws IOException {
    Files.createDirectory(served.resolve("w"));
    for (int i = 0; i < 5; i++) {
      Files.writeString(served.resolve("w/" + i), "x");
    }

    Ran ran = servers.run("sync", "--delete=2", site, www("w"));

    assertThat(ran.status()).isNotZero();
    try (var left = Files.list(served.resolve("w"))) {
      assertThat(left.filter(each -> each.getFileName().toString().length() == 1))
          .hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void whatDiffersIsNamedAndNothingIsChanged() throws IOException {
    assertThat(servers.run("sync", site, www("w")).status()).isZero();
    assertThat(servers.run("verify", site, www("w")).status()).isZero();
    Files.writeString(served.resolve("w/a"), "A");
    Files.delete(served.resolve("w/b.tmp"));
    Files.writeString(served.resolve("w/more"), "");

    Ran ran = servers.run("verify", site, www("w"));

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out().lines())
        .containsExactlyInAnyOrder(
            "differs  " + servers.shown("sftp", "/w/a"),
            "missing  " + servers.shown("sftp", "/w/b.tmp"),
            "extra  " + servers.shown("sftp", "/w/more"));
    assertThat(served.resolve("w/a")).hasContent("A");
    assertThat(served.resolve("w/b.tmp")).doesNotExist();
    assertThat(servers.run("verify", "--json", "--size-only", site, www("w")).out())
        .doesNotContain("differs")
        .contains("\"outcome\":\"extra\"");
  }

  @Test
  void aTreeIsNotMadeLikeItself() {
    assertThat(servers.run("sync", site, site + "/sub").status()).isEqualTo(2);
    assertThat(servers.run("sync", "--delete", site, site).status()).isEqualTo(2);
    assertThat(servers.run("sync", home + "/none", www("w")).status()).isEqualTo(5);
  }

  private String www(String name) {
    return servers.url("sftp", "/" + name);
  }
}
