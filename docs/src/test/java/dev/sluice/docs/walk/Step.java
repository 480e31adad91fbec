package dev.sluice.docs.walk;

import java.util.List;

/**
 * One step of a session: what goes under one heading.
 *
 * @param title the same in every run
 * @param source where the protocol's documents describe it
 * @param lines what was sent, taken apart
 */
record Step(String title, String source, List<String> lines) {
  Step {
    lines = List.copyOf(lines);
  }
}
