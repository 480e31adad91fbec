package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * What disk, memory and every protocol's session do alike. A test class implements it, answers a
 * fresh tree for each test, and is done.
 */
public interface FileOperationsContract
    extends ReadingContract,
        WritingContract,
        NamingContract,
        AttributesContract,
        LinkingContract,
        DerivedVerbsContract {

  @Test
  default void closingTwiceIsNoMistake() {
    put("/file", text("x"));

    operations().close().block(patience());
    operations().close().block(patience());
  }

  @Test
  default void capabilitiesDoNotChange() {
    assertThat(operations().capabilities()).isEqualTo(operations().capabilities());
  }
}
