package dev.sluice.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.TemporaryName;
import dev.sluice.cli.proof.Look.Entry;
import dev.sluice.storage.local.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the target may hold while it is not complete, and what it must hold when it is. */
final class Expected {
  private final Look look = new Look();
  private final Side from;
  private final Side to;
  private final boolean links;

  /** Everything that a file of this name ever was. */
  private final Map<Path, Set<Long>> versions = new HashMap<>();

  /** Files of the source that the target has had completely, since it was last disturbed. */
  private final Set<Path> arrived = new HashSet<>();

  private Map<Path, Entry> source = Map.of();

  Expected(Side from, Side to) {
    this.from = from;
    this.to = to;
    this.links = from.trait().links() && to.trait().links();
  }

  /** Whether links become links; otherwise what they lead to is copied. */
  boolean links() {
    return links;
  }

  /** Looks at the source again. */
  void learn() throws IOException {
    Map<Path, Entry> all = new TreeMap<>();
    for (Map.Entry<Path, Entry> each : look.at(from.root()).entrySet()) {
      Entry shown = links ? each.getValue() : followed(each.getKey(), each.getValue());
      if (shown != null) {
        all.put(each.getKey(), shown);
        allow(each.getKey(), shown);
      }
    }
    source = all;
  }

  long octets() {
    return source.values().stream().mapToLong(Entry::size).sum();
  }

  int files() {
    return (int) source.values().stream().filter(each -> each.kind() != 'd').count();
  }

  /** The target was changed by somebody else: files are gone, others have come. */
  void disturbed() throws IOException {
    arrived.clear();
    look.at(to.root()).forEach(this::allow);
  }

  private void allow(Path name, Entry entry) {
    versions.computeIfAbsent(name, unused -> new HashSet<>()).add(entry.sum());
  }

  /** No name that counts has octets that it should not have, and nothing whole has gone. */
  void requireWhole(String when) throws IOException {
    Map<Path, Entry> there = look.at(to.root());
    there.forEach(
        (name, entry) -> {
          Set<Long> known = versions.get(name);
          if (known == null) {
            assertThat(isTemporary(name))
                .as("%s: no such name in the source: %s", when, name)
                .isTrue();
          } else if (entry.kind() == '-') {
            assertThat(known).as("%s: %s holds %s", when, name, entry).contains(entry.sum());
          }
        });
    assertThat(less(arrived, there.keySet())).as("%s: had arrived, and is gone", when).isEmpty();
    there.keySet().stream().filter(source::containsKey).forEach(arrived::add);
  }

  /** No leftover shows, but those that a storage hides until it removes them. */
  void requireTidy(String when) throws IOException {
    assertThat(look.at(to.root()).keySet().stream().filter(Expected::isTemporary))
        .as("%s: leftovers", when)
        .allMatch(name -> LocalStorage.isTemporary(name.getFileName().toString()));
  }

  private static boolean isTemporary(Path name) {
    String last = name.getFileName().toString();
    return TemporaryName.DEFAULT.matches(last) || LocalStorage.isTemporary(last);
  }

  /** The target is like the source, but for what killed transfers have left there. */
  void requireEqual(String when) throws IOException {
    Map<Path, Entry> there = look.at(to.root());
    there.keySet().removeIf(Expected::isTemporary);
    assertThat(less(source.keySet(), there.keySet())).as("%s: missing", when).isEmpty();
    assertThat(less(there.keySet(), source.keySet())).as("%s: too many", when).isEmpty();
    source.forEach((name, entry) -> requireEqual(when + ": " + name, entry, there.get(name)));
  }

  private static Set<Path> less(Set<Path> all, Set<Path> without) {
    Set<Path> rest = new TreeSet<>(all);
    rest.removeAll(without);
    return rest;
  }

  private void requireEqual(String what, Entry source, Entry target) {
    assertThat(target.isCopyOf(source)).as("%s is %s, not %s", what, target, source).isTrue();
    if (!source.mode().isEmpty()) {
      assertThat(target.mode()).as("%s: mode", what).isEqualTo(source.mode());
    }
    if (source.kind() == '-'
        || source.kind() == 'd' && to.trait().exact() && from.trait().exact()) {
      assertThat(target.modified()).as("%s: time", what).isEqualTo(source.modified());
    }
  }

  private Entry followed(Path name, Entry entry) throws IOException {
    if (entry.kind() != 'l') {
      return entry;
    }
    Path link = from.root().resolve(name);
    if (!Files.exists(link)) {
      return null;
    }
    Path end = link.toRealPath();
    Entry shown = look.at(end.getParent()).get(end.getFileName());
    return from.trait().exact()
        ? shown
        : new Entry(shown.kind(), shown.size(), shown.sum(), "", shown.modified(), "");
  }
}
