package dev.sluice.ftp.peer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/** What is asked of every real server for its transcripts. */
final class TranscriptScenarios {
  private static final long BIG_BYTES = 128L << 20;
  private static final int SOME_BYTES = 65_536;
  private static final int REPLY_MILLIS = 10_000;
  private static final int IDLE_MILLIS = 75_000;
  private static final FileTime OLD = FileTime.from(Instant.parse("2021-02-03T04:05:06Z"));

  private TranscriptScenarios() {}

  /** A dialogue with a server. */
  interface Play {
    void on(ServerPeer server, RecordedSession session) throws IOException;
  }

  /**
   * A dialogue and what it is called.
   *
   * @param file the name of its transcript
   * @param title one sentence
   * @param play the dialogue
   */
  record Named(String file, String title, Play play) {}

  static List<Named> all() {
    return List.of(
        new Named("login", "greeting, login, features", TranscriptScenarios::login),
        new Named(
            "wrong-password",
            "a wrong password, then the right one",
            TranscriptScenarios::wrongPassword),
        new Named("list", "LIST, NLST, MLSD, MLST", loggedIn(TranscriptScenarios::list)),
        new Named(
            "late-close",
            "LIST, the client's end of the data connection left open",
            loggedIn(TranscriptScenarios::lateClose)),
        new Named(
            "retr",
            "RETR of a small file, whole and from an offset",
            loggedIn(TranscriptScenarios::retr)),
        new Named(
            "stor",
            "STOR, APPE, STOU, names, times and modes",
            loggedIn(TranscriptScenarios::stor)),
        new Named("missing", "files that are not there", loggedIn(TranscriptScenarios::missing)),
        new Named(
            "pipelined",
            "several commands in one segment",
            loggedIn(TranscriptScenarios::pipelined)),
        new Named(
            "abor-retr",
            "ABOR during RETR, the data connection kept and read to its end",
            loggedIn(AbortScenarios::aborThenDrain)),
        new Named(
            "abor-retr-close",
            "ABOR during RETR, the data connection closed at once",
            loggedIn(AbortScenarios::aborThenClose)),
        new Named(
            "abor-retr-telnet",
            "ABOR with Telnet IP and Synch during RETR",
            loggedIn(AbortScenarios::telnetAbor)),
        new Named(
            "close-retr",
            "the client closes the data connection early, without ABOR",
            loggedIn(AbortScenarios::closeEarly)),
        new Named(
            "close-then-abor",
            "the data connection of a RETR closed, ABOR a little later",
            loggedIn(AbortScenarios::closeThenAbor)),
        new Named(
            "abor-stor",
            "ABOR during STOR, then the data connection closed",
            loggedIn(AbortScenarios::aborStor)),
        new Named(
            "reset-stor",
            "the client resets the data connection of a STOR",
            loggedIn(AbortScenarios::resetStor)),
        new Named(
            "abor-late",
            "ABOR after the last byte has been read",
            loggedIn(AbortScenarios::aborLate)),
        new Named(
            "abor-idle",
            "ABOR without a transfer, then after EPSV",
            loggedIn(AbortScenarios::aborIdle)),
        new Named(
            "abor-unconnected",
            "ABOR after RETR, before the client has connected",
            loggedIn(AbortScenarios::aborUnconnected)),
        new Named(
            "noop-retr",
            "NOOP now and then during a RETR that is read",
            loggedIn(AbortScenarios::noopDuringRetr)),
        new Named("stat-retr", "STAT during RETR", loggedIn(AbortScenarios::statDuringRetr)));
  }

  /** Needs a server with a short idle time. */
  static Named idle() {
    return new Named(
        "idle",
        "a session that says nothing",
        loggedIn((server, session) -> session.reply(IDLE_MILLIS)));
  }

  /** Puts the files there that the dialogues speak of, and takes the others away. */
  static void prepare(ServerPeer server) throws IOException {
    Path root = server.root();
    for (String left : List.of("new.txt", "renamed.txt", "upload.bin")) {
      Files.deleteIfExists(root.resolve(left));
    }
    Files.createDirectories(root.resolve("directory"));
    Files.writeString(root.resolve("directory/inner.txt"), "inner\n");
    Files.writeString(root.resolve("two words.txt"), "two words\n");
    Files.writeString(root.resolve("gr\u00fc\u00dfe.txt"), "gr\u00fc\u00dfe\n");
    Path small = Files.writeString(root.resolve("small.txt"), "hello, world\n");
    Files.setLastModifiedTime(small, OLD);
    try (RandomAccessFile big = new RandomAccessFile(root.resolve("big.bin").toFile(), "rw")) {
      big.setLength(BIG_BYTES);
    }
    server.giveFilesToUser();
  }

  private static Play loggedIn(Play then) {
    return (server, session) -> {
      session.login(server.user(), server.password());
      session.command("TYPE I");
      then.on(server, session);
    };
  }

  private static void login(ServerPeer server, RecordedSession session) throws IOException {
    session.login(server.user(), server.password());
    for (String command :
        List.of(
            "SYST",
            "FEAT",
            "OPTS UTF8 ON",
            "PWD",
            "TYPE I",
            "NOOP",
            "STAT",
            "HELP",
            "XYZZY",
            "QUIT")) {
      session.command(command);
    }
    session.reply();
  }

  private static void wrongPassword(ServerPeer server, RecordedSession session) throws IOException {
    session.login(server.user(), "wrong");
    session.command("PWD");
    session.command("USER " + server.user());
    session.command("PASS " + server.password());
    session.command("QUIT");
  }

  private static void list(ServerPeer server, RecordedSession session) throws IOException {
    session.listing("LIST");
    session.listing("LIST -la");
    session.listing("NLST");
    session.listing("MLSD");
    session.listing("LIST directory");
    session.listing("LIST missing");
    session.listing("MLSD missing");
    session.command("MLST small.txt");
    session.command("STAT small.txt");
    session.command("PASV");
    session.command("QUIT");
  }

  private static void lateClose(ServerPeer server, RecordedSession session) throws IOException {
    try (Socket data = session.openData()) {
      session.command("LIST small.txt");
      session.readSome(data, SOME_BYTES);
      session.reply(2 * REPLY_MILLIS);
    }
    session.note("data: closed by the client");
    session.command("QUIT");
  }

  private static void retr(ServerPeer server, RecordedSession session) throws IOException {
    session.command("SIZE small.txt");
    session.command("MDTM small.txt");
    session.listing("RETR small.txt");
    session.command("REST 7");
    session.listing("RETR small.txt");
    session.command("REST 100");
    session.listing("RETR small.txt");
    session.command("TYPE A");
    session.command("SIZE small.txt");
    session.listing("RETR small.txt");
    session.command("QUIT");
  }

  private static void stor(ServerPeer server, RecordedSession session) throws IOException {
    upload(session, "STOR new.txt", "hello");
    upload(session, "APPE new.txt", ", world");
    session.command("SIZE new.txt");
    session.command("REST 7");
    upload(session, "STOR new.txt", "there");
    session.command("SIZE new.txt");
    session.command("ALLO 100");
    upload(session, "STOU", "unique");
    session.command("MFMT 20210203040506 new.txt");
    session.command("MDTM 20210203040506 new.txt");
    session.command("SITE CHMOD 600 new.txt");
    session.command("RNFR new.txt");
    session.command("RNTO renamed.txt");
    session.command("DELE renamed.txt");
    session.command("MKD made");
    session.command("MKD made");
    session.command("RMD made");
    session.command("RMD directory");
    session.command("QUIT");
  }

  private static void upload(RecordedSession session, String command, String content)
      throws IOException {
    try (Socket data = session.openData()) {
      if (!session.command(command).startsWith("1")) {
        return;
      }
      data.getOutputStream().write(content.getBytes(StandardCharsets.UTF_8));
      session.note("data: wrote " + content.length() + " bytes and closed");
    }
    session.reply();
  }

  private static void missing(ServerPeer server, RecordedSession session) throws IOException {
    session.listing("RETR missing.txt");
    session.note("the same before the client has connected");
    session.passivePort();
    session.command("RETR missing.txt");
    session.listing("STOR nowhere/file.txt");
    for (String command :
        List.of(
            "SIZE missing.txt",
            "MDTM missing.txt",
            "CWD missing",
            "DELE missing.txt",
            "RMD missing",
            "RNFR missing.txt",
            "SIZE directory",
            "RETR small.txt",
            "QUIT")) {
      session.command(command);
    }
  }

  private static void pipelined(ServerPeer server, RecordedSession session) throws IOException {
    session.send("NOOP\nPWD\nSIZE small.txt\nXYZZY\nTYPE A");
    session.repliesUntilQuiet();
    session.command("QUIT");
  }
}
