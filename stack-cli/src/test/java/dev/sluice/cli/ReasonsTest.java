package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.LiveServers.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why each file is copied or not, and what all of it came to. */
final class ReasonsTest {
  @TempDir Path home;
  private Path served;
  private Path site;
  private LiveServers servers;

  @BeforeEach
  void serve() throws IOException {
    served = Files.createDirectory(home.resolve("served"));
    site = Files.createDirectory(home.resolve("site"));
    for (String name : new String[] {"new", "newer", "size", "same"}) {
      Files.writeString(site.resolve(name), name);
    }
    servers = new LiveServers(served);
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void eachFileHasALineWithItsReasonAndTheSummaryCounts(String scheme) throws IOException {
    Path there = Files.createDirectory(served.resolve("t"));
    for (String name : new String[] {"newer", "size", "same"}) {
      Files.copy(site.resolve(name), there.resolve(name));
    }
    Files.writeString(there.resolve("size"), "longer than that");
    Files.setLastModifiedTime(
        there.resolve("newer"), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
    Files.createSymbolicLink(site.resolve("link"), Path.of("new"));
    String target = servers.url(scheme, "/t");
    String shown = servers.shown(scheme, "/t/");

    Ran ran = servers.run("put", "-r", "-v", site.toString(), target);

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains(
            "sluice: complete (new)  " + shown + "new\n",
            "sluice: complete (newer)  " + shown + "newer\n",
            "sluice: complete (size)  " + shown + "size\n",
            "sluice: skipped (link)  " + shown + "link\n",
            "sluice: 3 copied (12 B), 1 unchanged, 1 left out (1 link), 0 deleted, 0 failed, in ");
    assertThat(ran.out()).isEmpty();
    Files.writeString(there.resolve("new"), "NEW");
    Files.setLastModifiedTime(there.resolve("new"), FileTime.from(Instant.now().plusSeconds(60)));
    Ran sync = servers.run("sync", "-v", "--checksum", site.toString(), target);
    assertThat(sync.err()).contains("sluice: complete (checksum)  " + shown + "new\n");
  }

  @Test
  void aSingleFileIsNewOrReplacesOne() {
    String target = servers.url("ftp", "/x");
    String file = site + "/new";

    assertThat(servers.run("put", "-v", file, target).err()).contains("complete (new)  ");
    assertThat(servers.run("put", "-v", file, target).err()).contains("complete (forced)  ");
    assertThat(servers.run("put", file, target).err()).isEmpty();
    assertThat(servers.run("put", "--json", file, target).out())
        .contains("\"outcome\":\"complete\",\"reason\":\"forced\",\"octets\":3");
  }

  @Test
  void theSummaryForAScriptNamesReasonsAndTime() throws IOException {
    Files.createSymbolicLink(site.resolve("link"), Path.of("new"));

    Ran ran = servers.run("cp", "--json", "-r", site.toString(), home + "/copy");

    assertThat(ran.out().lines().toList().get(ran.out().lines().toList().size() - 1))
        .contains("\"skipped\":1,\"reasons\":{\"link\":1},\"deleted\":0,\"failed\":0,\"octets\":16")
        .contains("\"seconds\":0.");
  }
}
