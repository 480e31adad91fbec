package dev.sluice.test;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test class after which a buffer was found lost, and the run when one is found at its end.
 *
 * <p>Jupiter loads it by itself. A leak is blamed on the class that ran last before the garbage
 * collection, which is the guilty one unless that left work behind on another thread.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
  private static final Namespace NAMESPACE = Namespace.create(LeakCheck.class);
  private static final int ROUNDS_AFTER_A_CLASS = 1;
  private static final int ROUNDS_AT_THE_END = 3;

  @Override
  public void beforeAll(ExtensionContext context) {
    AutoCloseable atTheEnd = () -> failOnLeaks("at the end of the run", ROUNDS_AT_THE_END);
    context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent("end", key -> atTheEnd);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Class<?> tested = context.getRequiredTestClass();
    if (tested.getEnclosingClass() == null) {
      failOnLeaks("after " + tested.getName(), ROUNDS_AFTER_A_CLASS);
    }
  }

  private static void failOnLeaks(String when, int rounds) {
    List<String> leaks = LeakGuard.drain(rounds);
    if (!leaks.isEmpty()) {
      throw new AssertionError(
          leaks.size() + " leak(s) found " + when + ":\n" + String.join("\n", leaks));
    }
  }
}
