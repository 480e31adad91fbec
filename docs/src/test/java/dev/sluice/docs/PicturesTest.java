package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pictures show what is there: a ladder the messages of a page that is compared with a real
 * run, in their order; a state machine the states of a core, all of them.
 */
final class PicturesTest {
  private static final Path PAGE = Path.of("pictures.md");
  private static final Pattern PICTURE = Pattern.compile("(?ms)^```mermaid\n(.*?)^```$");
  private static final Pattern ABOUT = Pattern.compile("%% (messages|states) of (\\S+)");
  private static final Pattern ARROW = Pattern.compile("(?m)^ *([CS])-{1,2}>>[CS]: ([\\w.@/-]+)");
  private static final Pattern TRANSITION = Pattern.compile("(?m)^ *(\\S+) --> (\\S+?)(?: : .*)?$");

  /** What is sent, as the pages on the wire have it: in a block, or as a heading. */
  private static final Pattern SENT =
      Pattern.compile(
          "(?m)^[0-9a-f]{4}  [0-9a-f ]+ (verb|code) +(\\S+)$"
              + "|^(client|server) → (?:server|client): ([A-Z0-9]+)"
              + "|^## \\d+\\. (ClientHello|ServerHello)$"
              + "|^## \\d+\\. ([A-Z_]+)(?: [^,\n]*)?, (client|server)$"
              + "|^## \\d+\\. ([A-Z_]+)(?: \\S+)? → ([A-Z_]+)$");

  static Stream<String> ladders() throws IOException {
    return pictures("messages");
  }

  static Stream<String> machines() throws IOException {
    return pictures("states");
  }

  @ParameterizedTest
  @MethodSource("ladders")
  void aLadderShowsMessagesOfARunInTheirOrder(String picture) throws IOException {
    List<String> sent = sent(Files.readString(Path.of(about(picture))));
    List<String> shown =
        ARROW.matcher(picture).results().map(it -> it.group(1) + " " + it.group(2)).toList();

    assertThat(shown).hasSizeGreaterThan(8);
    assertThat(sent).containsSubsequence(shown);
  }

  @ParameterizedTest
  @MethodSource("machines")
  void aStateMachineShowsEveryStateOfTheCore(String picture) throws ClassNotFoundException {
    Set<String> shown =
        TRANSITION
            .matcher(picture)
            .results()
            .flatMap(it -> Stream.of(it.group(1), it.group(2)))
            .filter(name -> !name.equals("[*]"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(shown).isEqualTo(new TreeSet<>(states(Class.forName(about(picture)))));
  }

  @Test
  void everyPictureIsOneOfThese() throws IOException {
    long all = PICTURE.matcher(Files.readString(PAGE)).results().count();

    assertThat(Stream.concat(ladders(), machines()).count()).isEqualTo(all).isEqualTo(8);
  }

  private static List<String> states(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(one -> states(one).stream()).toList()
        : List.of(type.getSimpleName());
  }

  private static List<String> sent(String page) {
    List<String> sent = new ArrayList<>();
    SENT.matcher(page).results().forEach(found -> add(found, sent));
    return sent;
  }

  private static void add(MatchResult found, List<String> sent) {
    if (found.group(1) != null) {
      sent.add((found.group(1).equals("verb") ? "C " : "S ") + found.group(2));
    } else if (found.group(3) != null) {
      sent.add(side(found.group(3)) + found.group(4));
    } else if (found.group(5) != null) {
      sent.add((found.group(5).startsWith("C") ? "C " : "S ") + found.group(5));
    } else if (found.group(6) != null) {
      sent.add(side(found.group(7)) + found.group(6));
    } else {
      sent.add("C " + found.group(8));
      sent.add("S " + found.group(9));
    }
  }

  private static String side(String name) {
    return name.equals("client") ? "C " : "S ";
  }

  private static String about(String picture) {
    return ABOUT.matcher(picture).results().findFirst().orElseThrow().group(2);
  }

  private static Stream<String> pictures(String kind) throws IOException {
    return PICTURE
        .matcher(Files.readString(PAGE))
        .results()
        .map(it -> it.group(1))
        .filter(it -> it.contains("%% " + kind + " of "));
  }
}
