package dev.sluice.storage.local;

import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes things that are no longer needed: a failure is only logged, since there is no caller to
 * report it to.
 */
final class Quietly {
  private static final Logger LOG = LoggerFactory.getLogger(Quietly.class);

  private Quietly() {}

  static void close(Closeable resource) {
    run(resource::close);
  }

  static void run(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      LOG.debug("while releasing a file", e);
    }
  }

  interface Step {
    void run() throws IOException;
  }
}
