package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ftp.command.Verb;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names, targets of links and paths that hold control characters reach no line of the wire. */
final class ForgedNamesIT {
  private static final String FORGED = "\r\n-rw-r--r-- 1 x x 1 Jan 1 2020 forged";

  /** What can be sent in a command: a line feed would end it. */
  private static final String NAME = "a\u001b[2J\u0007\u0085\u009b1mb";

  private static final Set<Verb> LISTINGS = EnumSet.of(Verb.LIST, Verb.NLST, Verb.MLSD);
  private static final Set<Verb> OTHER_TRANSFERS =
      EnumSet.of(Verb.RETR, Verb.STOR, Verb.STOU, Verb.APPE);
  private static final Set<Verb> ENDS = EnumSet.of(Verb.QUIT, Verb.REIN, Verb.AUTH, Verb.CCC);

  @TempDir private Path root;

  @Test
  @Conforms("FTP-140")
  void noVerbWritesOneForAName() throws IOException {
    try (TestServer server = new TestServer(root)) {
      for (Verb verb : EnumSet.complementOf(EnumSet.copyOf(ENDS))) {
        tree();
        try (FtpTalk talk = server.login()) {
          talk.expect(350, "RNFR " + NAME); // for RNTO
          ask(verb, talk);
        }
      }
    }
  }

  private static void ask(Verb verb, FtpTalk talk) {
    if (LISTINGS.contains(verb)) {
      for (String path : List.of("", " " + NAME, " links")) {
        String lines = new String(talk.download(verb + path), StandardCharsets.UTF_8);
        assertThat(lines.split("\r\n")).allSatisfy(line -> assertClean(verb, line));
        assertThat(lines.split("\r\n")).noneMatch(line -> line.startsWith("-rw-r--r-- 1 x"));
      }
    } else if (OTHER_TRANSFERS.contains(verb)) {
      assertClean(verb, talk.say(verb + " " + NAME).lines()); // 425: no data connection
    } else {
      for (String path : List.of("", " " + NAME, " links/target", " 20200101000000 " + NAME)) {
        assertClean(verb, talk.say(verb + path).lines());
      }
    }
  }

  private static void assertClean(Verb verb, List<String> lines) {
    assertThat(lines).allSatisfy(line -> assertClean(verb, line));
  }

  private static void assertClean(Verb verb, String line) {
    assertThat(line.chars().noneMatch(Character::isISOControl)).as(verb + ": " + line).isTrue();
  }

  private void tree() throws IOException {
    Files.createDirectories(root.resolve(NAME).resolve("inside" + FORGED));
    Files.createDirectories(root.resolve("links"));
    Path target = root.resolve("links/target");
    Files.deleteIfExists(target);
    Files.createSymbolicLink(target, Path.of("nowhere" + FORGED));
    Files.writeString(root.resolve("links").resolve("name" + FORGED), "x");
  }
}
