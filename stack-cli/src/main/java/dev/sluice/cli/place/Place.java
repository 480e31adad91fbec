package dev.sluice.cli.place;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.cli.output.Fields;
import reactor.core.publisher.Flux;

/**
 * Where a word of the command line leads.
 *
 * @param word as it was given
 * @param tree on a server, or on this machine
 * @param base what the word names in that tree; a pattern if it holds one
 * @param path the place itself: {@code base}, or what has matched it
 */
public record Place(Word word, FileOperations tree, RemotePath base, RemotePath path) {

  /** The places that exist: what matches a pattern, in order, or the place itself. */
  public Flux<Place> expanded() {
    return word instanceof Word.Remote remote && remote.pattern()
        ? Globs.expand(tree, base).map(this::at)
        : Flux.just(this);
  }

  public Place at(RemotePath other) {
    return new Place(word, tree, base, other);
  }

  /** As a word that leads to {@code other}, which may be given back to any command. */
  public String wordOf(RemotePath other) {
    if (word instanceof Word.Remote remote) {
      // The directory of the login may be known by its full path by now.
      RemoteUrl url = remote.url();
      Word.Remote top = new Word.Remote(url.at(RemotePath.root(), false), false);
      return other.isRelative()
          ? new Word.Remote(url.at(RemotePath.root(), true), false).below(other)
          : top.below(other);
    }
    return word.below(other.startsWith(base) ? other.relativeTo(base) : other);
  }

  /** {@link #wordOf} for a person, control characters escaped. */
  public String shown(RemotePath other) {
    return RawName.escape(wordOf(other));
  }

  public String shown() {
    return shown(path);
  }

  /** The fields of an entry, for a script. */
  public Fields fields(FileEntry entry) {
    return Fields.of("place", wordOf(entry.path())).entry(entry);
  }
}
