package dev.sluice.bench.suite.worker;

import java.nio.file.Path;

/**
 * A server that runs in a process of the suite.
 *
 * @param endpoint how it is reached
 * @param lastPort the last of its ports; the first is the endpoint's
 * @param root the directory that it serves
 * @param stop ends it
 */
record Hosted(Endpoint endpoint, int lastPort, Path root, Runnable stop) {}
