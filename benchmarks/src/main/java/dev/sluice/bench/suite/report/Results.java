package dev.sluice.bench.suite.report;

import dev.sluice.bench.suite.worker.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All that came out of one run of the suite, and all that did not. */
public final class Results {
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> gaps = new ArrayList<>();

  public void add(Figure figure) {
    figures.add(figure);
  }

  /** Names what was left out or failed, and why. */
  public void leaveOut(String what) {
    if (!gaps.contains(what)) {
      gaps.add(what);
    }
  }

  public List<Figure> figures() {
    return List.copyOf(figures);
  }

  public List<String> gaps() {
    return List.copyOf(gaps);
  }

  /** The figures of a part, in the order in which they were measured. */
  public Stream<Figure> of(String part, Protocol protocol) {
    return figures.stream()
        .filter(figure -> figure.part().equals(part) && figure.protocol() == protocol);
  }

  public Optional<Figure> find(
      String part, Protocol protocol, String client, String server, String what) {
    return of(part, protocol)
        .filter(figure -> figure.client().equals(client) && figure.server().equals(server))
        .filter(figure -> figure.what().equals(what))
        .findFirst();
  }
}
