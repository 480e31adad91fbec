package dev.sluice.test;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;

/** Runs the technology compatibility kit of Reactive Streams, whose tests are TestNG's. */
public final class TckRules {
  private TckRules() {}

  /** The rules that every stream must keep, one test each. */
  public static Stream<DynamicTest> required(Supplier<?> verification) {
    return named(verification, "required_");
  }

  /** Those, and the optional ones, for streams that keep these as well. */
  public static Stream<DynamicTest> all(Supplier<?> verification) {
    return named(verification, "");
  }

  private static Stream<DynamicTest> named(Supplier<?> verification, String prefix) {
    return Arrays.stream(verification.get().getClass().getMethods())
        .filter(method -> method.isAnnotationPresent(org.testng.annotations.Test.class))
        .filter(method -> !method.getName().startsWith("untested_")) // by the kit itself
        .filter(method -> method.getName().startsWith(prefix))
        .sorted(Comparator.comparing(Method::getName))
        .map(
            method -> DynamicTest.dynamicTest(method.getName(), () -> check(verification, method)));
  }

  private static void check(Supplier<?> verification, Method rule) throws Throwable {
    Object rules = verification.get();
    try {
      invoke(rules, BeforeClass.class);
      invoke(rules, BeforeMethod.class);
      rule.invoke(rules);
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    } finally {
      invoke(rules, AfterClass.class);
    }
  }

  private static void invoke(Object rules, Class<? extends Annotation> when)
      throws ReflectiveOperationException {
    for (Method method : rules.getClass().getMethods()) {
      if (method.isAnnotationPresent(when)) {
        method.invoke(rules);
      }
    }
  }
}
