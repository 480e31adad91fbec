package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.sluice.docs.examples.TestServersExample;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The example that is a test itself, run. */
final class TestServersExampleTest {

  @Test
  void theTestOfTheGuidePasses() {
    SummaryGeneratingListener seen = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(TestServersExample.class))
                .build(),
            seen);

    assertThat(seen.getSummary().getFailures()).isEmpty();
    assertThat(seen.getSummary().getTestsSucceededCount()).isEqualTo(1);
  }
}
