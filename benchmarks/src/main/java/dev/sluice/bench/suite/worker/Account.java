package dev.sluice.bench.suite.worker;

import java.nio.file.Path;

/**
 * What the servers of the suite's own processes are given.
 *
 * @param root the directory that they serve
 * @param hostKey a file with the private key of SSH servers
 * @param userKey a file with the private key of the one user
 */
public record Account(Path root, Path hostKey, Path userKey) {
  static final String NAME = "bench";
  static final String PASSWORD = "bench-1";
}
