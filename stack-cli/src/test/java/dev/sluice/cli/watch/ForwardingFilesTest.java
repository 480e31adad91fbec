package dev.sluice.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileOperations;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;

/** Whoever decorates a tree must not lose what the tree does better than the defaults. */
final class ForwardingFilesTest {
  @Test
  void everyVerbIsPassedOn() throws NoSuchMethodException {
    for (Method verb : FileOperations.class.getMethods()) {
      if (!Modifier.isStatic(verb.getModifiers())) {
        assertThat(own(verb).getDeclaringClass())
            .as(verb.getName())
            .isEqualTo(ForwardingFiles.class);
      }
    }
  }

  private static Method own(Method verb) throws NoSuchMethodException {
    return ForwardingFiles.class.getMethod(verb.getName(), verb.getParameterTypes());
  }
}
