package dev.sluice.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names a filter lets through. */
final class FilterTest {

  @ParameterizedTest
  @CsvSource({
    "*.tmp, a.tmp, true",
    "*.tmp, deep/down/a.tmp, true",
    "*.tmp, a.tmp2, false",
    "/a.tmp, a.tmp, true",
    "/a.tmp, deep/a.tmp, false",
    "cache/, cache, false",
    "cache/, cache/, true",
    "cache/, a/cache/, true",
    "a/b, x/a/b, true",
    "a/b, a/x/b, false",
    "a/**, a/, false",
    "a/**, a/b, true",
    "a/**, a/b/c, true",
    "a/**/c, a/c, true",
    "a/**/c, a/x/y/c, true",
    "/**/c, c, true",
    "?[a-c], xb, true",
    "?[a-c], x/b, false",
    "*, anything, true"
  })
  void aGlobMatchesThePath(String glob, String path, boolean excluded) {
    boolean directory = path.endsWith("/");
    List<String> names = List.of(path.split("/"));

    assertThat(Filter.all().exclude(glob).matcher().lets(names, directory)).isNotEqualTo(excluded);
  }

  @Test
  void theFirstRuleThatMatchesDecides() {
    Filter.Matcher tables = Filter.all().include("*.csv").include("*/").exclude("*").matcher();

    assertThat(tables.lets(List.of("a", "b.csv"), false)).isTrue();
    assertThat(tables.lets(List.of("a"), true)).isTrue();
    assertThat(tables.lets(List.of("b.txt"), false)).isFalse();
  }

  @Test
  void aFileOfRulesMayHaveCommentsAndEmptyLines() {
    Filter read = Filter.parse("# mine\n\n+ *.csv\n  - *  \n", "rules");

    assertThat(read).isEqualTo(Filter.all().include("*.csv").exclude("*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*.csv", "+*.csv", "! x", "- ", "- a//b", "- ../x", "- a**b"})
  void aLineThatIsNoRuleIsNamedByItsNumber(String line) {
    assertThatThrownBy(() -> Filter.parse("+ good\n" + line, "rules"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rules:2: ");
  }
}
