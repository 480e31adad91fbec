package dev.sluice.cli.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** One side of a mirror: a directory of this machine, and the word that names it for a command. */
interface Side extends AutoCloseable {
  /** For people. */
  String name();

  /** The directory on this disk. */
  Path root();

  /** What a command calls it. */
  String word();

  /** What goes with it: how far names, links and times can be kept. */
  Trait trait();

  /** Drops connections; says how many. */
  int cut(Random random);

  /** Kills the server, and starts it again. */
  void restart() throws IOException, InterruptedException;

  /** Octets that were carried so far, both ways. */
  long octets();

  /** Gives everything in the directory to whom the server acts as. */
  void own() throws IOException, InterruptedException;

  @Override
  void close();

  /**
   * What a side can do.
   *
   * @param served whether there is a server that can be cut off and restarted
   * @param links whether it can make symbolic links
   * @param lines whether a name may hold a newline
   * @param exact whether a directory's time can be set, and the mode is known of what links lead to
   */
  record Trait(boolean served, boolean links, boolean lines, boolean exact) {}
}
