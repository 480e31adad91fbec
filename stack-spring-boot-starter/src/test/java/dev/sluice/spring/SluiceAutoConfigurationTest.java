package dev.sluice.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.client.Contents;
import dev.sluice.client.RemoteClient;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.testing.TestServers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application whose properties name servers, with servers that run. */
final class SluiceAutoConfigurationTest {
  private static final Duration WAIT = Duration.ofSeconds(30);

  @RegisterExtension static final TestServers servers = TestServers.create().user("ann", "secret");

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  SluiceAutoConfiguration.class, SluiceHealthAutoConfiguration.class));

  @Test
  void aPoolAndAClientAreBeansByTheirName() {
    servers.files().write("/in.txt", "hello");

    partner()
        .withBean(Reader.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(Reader.class).read("/in.txt")).isEqualTo("hello");
              assertThat(context.getBean("partnerClient", RemoteClient.class).place())
                  .hasToString(servers.sftp().uri() + "/");
            });
  }

  @Test
  void severalServersHaveEachTheirOwn() {
    servers.files().write("/in.txt", "hello");

    partner()
        .withPropertyValues(
            "sluice.clients.other.uri=" + servers.ftp().uri(),
            "sluice.clients.other.password=secret",
            "sluice.clients.scratch.uri=mem:/")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(SluiceClients.class).names())
                  .containsExactlyInAnyOrder("partner", "other", "scratch");
              assertThat(read(context.getBean("other", FileOperations.class), "/in.txt"))
                  .isEqualTo("hello");
            });
  }

  @Test
  void aServerThatAnswersIsUpAndOneThatDoesNotIsDown() {
    partner()
        .withPropertyValues("sluice.clients.gone.uri=ftp://ann@127.0.0.1:1")
        .withPropertyValues("sluice.clients.gone.password=s3cret")
        .run(
            context -> {
              Health partner = health(context.getBean(CompositeHealthContributor.class), "partner");
              Health gone = health(context.getBean(CompositeHealthContributor.class), "gone");
              assertThat(partner.getStatus()).isEqualTo(Status.UP);
              assertThat(partner.getDetails()).containsEntry("server", servers.sftp().uri() + "/");
              assertThat(gone.getStatus()).isEqualTo(Status.DOWN);
              assertThat(gone.toString()).doesNotContain("s3cret");
            });
  }

  @Test
  void healthIsLeftOutWhereNobodyAsksForIt() {
    partner()
        .withClassLoader(new FilteredClassLoader(HealthIndicator.class))
        .run(
            context ->
                assertThat(context).hasNotFailed().doesNotHaveBean("sluiceHealthContributor"));
    partner()
        .withPropertyValues("management.health.sluice.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean("sluiceHealthContributor"));
  }

  @Test
  void aRegistryThatIsABeanMeasures() {
    servers.files().write("/in.txt", "hello");

    partner()
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .run(
            context -> {
              read(context.getBean("partner", FileOperations.class), "/in.txt");
              assertThat(context.getBean(MeterRegistry.class).getMeters())
                  .extracting(meter -> meter.getId().getName())
                  .contains("sluice.pool.created", "sluice.transfers");
            });
  }

  @Test
  void aCustomizerHasTheLastWord() {
    servers.files().write("/in.txt", "hello");

    partner()
        .withPropertyValues("sluice.clients.partner.password=wrong")
        .withBean(
            SluiceClientCustomizer.class, () -> (name, settings) -> settings.password("secret"))
        .run(
            context ->
                assertThat(read(context.getBean("partner", FileOperations.class), "/in.txt"))
                    .isEqualTo("hello"));
  }

  @Test
  void aMistakeNamesThePropertyAndNoSecret() {
    application
        .withPropertyValues("sluice.clients.partner.uri=ftp://ann@h")
        .withPropertyValues("sluice.clients.partner.password=s3cret")
        .withPropertyValues("sluice.clients.partner.key-file=/k")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("ftp: has no use for keyFile")
                    .hasMessageNotContaining("s3cret"));
  }

  @Test
  void withoutPropertiesThereIsNothing() {
    application.run(
        context -> {
          assertThat(context).hasNotFailed();
          assertThat(context.getBean(SluiceClients.class).names()).isEmpty();
        });
  }

  private ApplicationContextRunner partner() {
    HostKeyPolicy policy = servers.sftp().client().settings().ssh().settings().hostKeys();
    String fingerprint = ((HostKeyPolicy.Pinned) policy).fingerprints().iterator().next();
    return application.withPropertyValues(
        "sluice.clients.partner.uri=" + servers.sftp().uri(),
        "sluice.clients.partner.password=secret",
        "sluice.clients.partner.host-key=" + fingerprint,
        "sluice.clients.partner.pool.most=2");
  }

  private static Health health(CompositeHealthContributor all, String name) {
    return ((HealthIndicator) all.getContributor(name)).health();
  }

  private static String read(FileOperations files, String path) {
    return Contents.text(
            files.read(RemotePath.of(path), ByteRange.all()), StandardCharsets.UTF_8, 1000)
        .block(WAIT);
  }

  /** As an application would use it. */
  record Reader(@Qualifier("partner") FileOperations files) {
    String read(String path) {
      return SluiceAutoConfigurationTest.read(files, path);
    }
  }
}
