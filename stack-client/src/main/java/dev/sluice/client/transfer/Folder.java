package dev.sluice.client.transfer;

import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A directory of the source, its place in the target, and what is still to be done in it. */
final class Folder {
  private final @Nullable Folder above;
  private final FileEntry source;
  private final @Nullable FileEntry there;
  private final RemotePath target;
  private final List<String> names;
  private final RemotePath real;
  private final int followed;

  /** What is not done yet: itself, its files, the directories in it. */
  private final AtomicInteger open = new AtomicInteger(1);

  private final Sinks.Empty<Void> cleared = Sinks.empty();
  private volatile boolean failed;
  private volatile boolean keeping;
  private volatile Visit.@Nullable Sides sides;

  private Folder(
      @Nullable Folder above,
      FileEntry source,
      @Nullable FileEntry there,
      RemotePath target,
      RemotePath real,
      int followed) {
    this.above = above;
    this.source = source;
    this.there = there;
    this.target = target;
    this.names = above == null ? List.of() : above.below(source.name());
    this.real = real;
    this.followed = followed;
  }

  static Folder top(FileEntry source, RemotePath target) {
    return new Folder(null, source, null, target, source.path(), 0);
  }

  /** A directory in this one; {@code there} is what the target's listing has under its name. */
  Folder child(FileEntry directory, @Nullable FileEntry there) {
    String name = directory.name();
    return new Folder(this, directory, there, target.child(name), real.child(name), followed);
  }

  /** As {@link #child}, by way of a link that leads to {@code leadsTo}. */
  Folder linked(FileEntry directory, @Nullable FileEntry there, RemotePath leadsTo) {
    return new Folder(
        this, directory, there, target.child(directory.name()), leadsTo, followed + 1);
  }

  @Nullable Folder above() {
    return above;
  }

  FileEntry source() {
    return source;
  }

  @Nullable FileEntry there() {
    return there;
  }

  RemotePath target() {
    return target;
  }

  /** Names from the top of the tree to {@code name} in this directory. */
  List<String> below(String name) {
    List<String> longer = new ArrayList<>(names);
    longer.add(name);
    return List.copyOf(longer);
  }

  /** How many directories lie above, up to the top. */
  int depth() {
    return names.size();
  }

  /** Where it is if the links on the way are resolved. */
  RemotePath real() {
    return real;
  }

  /** Links to directories on the way. */
  int followed() {
    return followed;
  }

  /** What both sides hold, once it is known. */
  Visit.@Nullable Sides sides() {
    return sides;
  }

  void known(Visit.Sides both, int parts) {
    sides = both;
    open.addAndGet(parts);
  }

  /** Whether that was the last thing to be done here. */
  boolean isLast() {
    return open.decrementAndGet() == 0;
  }

  void fail() {
    failed = true;
  }

  /** Something in it, or below, takes no part. */
  void keep() {
    keeping = true;
  }

  boolean keepsSomething() {
    return keeping;
  }

  boolean hasFailed() {
    return failed;
  }

  /** What stood in the way was deleted, or could not be. */
  void clear() {
    cleared.tryEmitEmpty();
  }

  /** Completes after {@link #clear}. */
  Mono<Void> cleared() {
    return cleared.asMono();
  }
}
