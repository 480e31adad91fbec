package dev.sluice.bench.suite.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A library that speaks one of the protocols, as a client. */
interface Library {

  /** The name of the {@code index}th of many small files. */
  static String nameOf(int index) {
    return String.format(Locale.ROOT, "f%05d", index);
  }

  /** Connects and logs in. */
  Session open(Endpoint server) throws Exception;

  /** One login; every call returns when the server has said that it is done. */
  interface Session extends AutoCloseable {
    @Override
    void close() throws IOException;

    void download(String remote, Path local) throws Exception;

    void upload(Path local, String remote) throws Exception;

    /** Fetches {@code count} files into a directory that is there. */
    default void downloadAll(String remote, Path local, int count) throws Exception {
      for (int i = 0; i < count; i++) {
        download(remote + "/" + nameOf(i), local.resolve(nameOf(i)));
      }
    }

    /** Sends {@code count} files into a directory that is there. */
    default void uploadAll(Path local, String remote, int count) throws Exception {
      for (int i = 0; i < count; i++) {
        upload(local.resolve(nameOf(i)), remote + "/" + nameOf(i));
      }
    }
  }
}
