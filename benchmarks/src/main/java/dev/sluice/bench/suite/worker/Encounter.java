package dev.sluice.bench.suite.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A client and a server in this process, with files to move. One thing at a time. */
public final class Encounter implements AutoCloseable {
  private static final String ARRIVED = "arrived";

  private final Arena arena;
  private final Library library;
  private final Hosted server;
  private final Path local;
  private final int files;

  private Encounter(Arena arena, Library library, Hosted server, int files) throws IOException {
    this.arena = arena;
    this.library = library;
    this.server = server;
    this.files = files;
    this.local = arena.directory("client");
    arena.fill(local);
    arena.fill(server.root());
    Files.createDirectory(local.resolve(ARRIVED));
    Files.createDirectory(server.root().resolve("put"));
  }

  /**
   * Starts the server.
   *
   * @param pair the names of a client library and of a server with a slash between, such as {@code
   *     jsch/sluice-sftp}
   * @param octets of the big file
   * @param files how many small ones
   */
  public static Encounter start(String pair, long octets, int files) throws IOException {
    String[] names = pair.split("/", 2);
    Arena arena = Arena.create(octets, files);
    Account account = new Account(arena.directory("server"), arena.hostKey(), arena.userKey());
    return new Encounter(
        arena, Libraries.named(names[0]), HostedServers.start(names[1], account), files);
  }

  /** Connects and logs in. */
  public Session open() throws Exception {
    return new Session(library.open(server.endpoint()));
  }

  @Override
  public void close() throws IOException {
    server.stop().run();
    arena.close();
  }

  /** One login. */
  public final class Session implements AutoCloseable {
    private final Library.Session session;

    private Session(Library.Session session) {
      this.session = session;
    }

    /** Fetches the big file. */
    public void down() throws Exception {
      Path arrived = local.resolve("down");
      session.download(server.endpoint().path(Arena.FILE), arrived);
      Files.delete(arrived);
    }

    /** Sends the big file. */
    public void up() throws Exception {
      session.upload(local.resolve(Arena.FILE), server.endpoint().path("up"));
      Files.delete(server.root().resolve("up"));
    }

    /** Fetches the small files. */
    public void manyDown() throws Exception {
      Path arrived = local.resolve(ARRIVED);
      session.downloadAll(server.endpoint().path(Arena.MANY), arrived, files);
      empty(arrived);
    }

    /** Sends the small files. */
    public void manyUp() throws Exception {
      session.uploadAll(local.resolve(Arena.MANY), server.endpoint().path("put"), files);
      empty(server.root().resolve("put"));
    }

    @Override
    public void close() throws IOException {
      session.close();
    }

    private static void empty(Path directory) throws IOException {
      Arena.delete(directory);
      Files.createDirectory(directory);
    }
  }
}
