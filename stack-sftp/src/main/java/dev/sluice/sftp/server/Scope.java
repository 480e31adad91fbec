package dev.sluice.sftp.server;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a request touches, and so what it waits for.
 *
 * @param lanes files and directories by path, or open directories; one request at a time uses each
 * @param all whether it waits for all before it, and all after it wait for it
 */
record Scope(List<?> lanes, boolean all) {
  static final Scope ALL = new Scope(List.of(), true);
  static final Scope NOTHING = new Scope(List.of(), false);

  static Scope of(Object lane) {
    return new Scope(List.of(lane), false);
  }

  static Scope of(Object one, Object other) {
    return new Scope(Stream.of(one, other).distinct().toList(), false);
  }
}
