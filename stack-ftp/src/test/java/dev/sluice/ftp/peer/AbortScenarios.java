package dev.sluice.ftp.peer;

import java.io.IOException;
import java.net.Socket;

/** What is asked of every real server while a transfer runs or ends before its time. */
final class AbortScenarios {
  private static final int SOME_BYTES = 65_536;
  private static final int BEFORE_REACTION_MILLIS = 1500;
  private static final int A_MOMENT_MILLIS = 200;

  private AbortScenarios() {}

  static void aborThenDrain(ServerPeer server, RecordedSession session) throws IOException {
    try (Socket data = bigDownload(session)) {
      session.send("ABOR");
      session.reply(BEFORE_REACTION_MILLIS);
      session.drain(data);
    }
    session.repliesUntilQuiet();
    session.aftermath();
  }

  static void aborThenClose(ServerPeer server, RecordedSession session) throws IOException {
    Socket data = bigDownload(session);
    session.send("ABOR");
    data.close();
    session.note("data: closed by the client");
    session.repliesUntilQuiet();
    session.aftermath();
  }

  static void telnetAbor(ServerPeer server, RecordedSession session) throws IOException {
    try (Socket data = bigDownload(session)) {
      session.sendTelnetAbort();
      session.reply(BEFORE_REACTION_MILLIS);
      session.drain(data);
    }
    session.repliesUntilQuiet();
    session.aftermath();
  }

  static void closeEarly(ServerPeer server, RecordedSession session) throws IOException {
    bigDownload(session).close();
    session.note("data: closed by the client");
    session.repliesUntilQuiet();
    session.aftermath();
  }

  static void closeThenAbor(ServerPeer server, RecordedSession session) throws IOException {
    bigDownload(session).close();
    session.note("data: closed by the client");
    session.reply(A_MOMENT_MILLIS);
    session.send("ABOR");
    session.repliesUntilQuiet();
    session.aftermath();
  }

  static void aborStor(ServerPeer server, RecordedSession session) throws IOException {
    try (Socket data = session.openData()) {
      session.command("STOR upload.bin");
      data.getOutputStream().write(new byte[SOME_BYTES]);
      session.note("data: wrote " + SOME_BYTES + " bytes");
      session.reply(A_MOMENT_MILLIS);
      session.send("ABOR");
      session.reply(BEFORE_REACTION_MILLIS);
    }
    session.note("data: closed by the client");
    session.repliesUntilQuiet();
    session.command("SIZE upload.bin");
    session.aftermath();
  }

  static void resetStor(ServerPeer server, RecordedSession session) throws IOException {
    try (Socket data = session.openData()) {
      session.command("STOR upload.bin");
      data.getOutputStream().write(new byte[SOME_BYTES]);
      data.setSoLinger(true, 0);
      session.note("data: wrote " + SOME_BYTES + " bytes, then reset the connection");
    }
    session.repliesUntilQuiet();
    session.command("SIZE upload.bin");
    session.aftermath();
  }

  static void aborLate(ServerPeer server, RecordedSession session) throws IOException {
    try (Socket data = session.openData()) {
      session.command("RETR small.txt");
      session.drain(data);
    }
    session.send("ABOR");
    session.repliesUntilQuiet();
    session.aftermath();
  }

  static void aborIdle(ServerPeer server, RecordedSession session) throws IOException {
    session.command("ABOR");
    try (Socket data = session.openData()) {
      session.command("ABOR");
      session.drain(data);
    }
    session.note("the same before the client has connected");
    session.passivePort();
    session.command("ABOR");
    session.repliesUntilQuiet();
    session.aftermath();
  }

  static void aborUnconnected(ServerPeer server, RecordedSession session) throws IOException {
    session.passivePort();
    session.send("RETR small.txt");
    session.reply(BEFORE_REACTION_MILLIS);
    session.send("ABOR");
    session.repliesUntilQuiet();
    session.note("a new command in spite of the missing replies");
    session.send("PWD");
    session.repliesUntilQuiet();
  }

  static void noopDuringRetr(ServerPeer server, RecordedSession session) throws IOException {
    try (Socket data = bigDownload(session)) {
      for (int round = 0; round < 3; round++) {
        session.send("NOOP");
        session.readSome(data, 16 << 20);
        session.reply(A_MOMENT_MILLIS);
      }
      session.drain(data);
    }
    session.repliesUntilQuiet();
    session.aftermath();
  }

  static void statDuringRetr(ServerPeer server, RecordedSession session) throws IOException {
    try (Socket data = bigDownload(session)) {
      session.send("STAT");
      session.reply(BEFORE_REACTION_MILLIS);
      session.send("NOOP");
      session.reply(BEFORE_REACTION_MILLIS);
      session.drain(data);
    }
    session.repliesUntilQuiet();
    session.aftermath();
  }

  private static Socket bigDownload(RecordedSession session) throws IOException {
    Socket data = session.openData();
    session.command("RETR big.bin");
    session.readSome(data, SOME_BYTES);
    return data;
  }
}
