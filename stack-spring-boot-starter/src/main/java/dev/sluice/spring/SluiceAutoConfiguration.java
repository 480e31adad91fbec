package dev.sluice.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Clients and pools for {@code sluice.clients.NAME}: the bean {@code NAME} has the files of the
 * server, {@code NAMEClient} makes sessions. Registries of Micrometer that are beans measure and
 * trace them.
 */
@AutoConfiguration
@EnableConfigurationProperties(SluiceProperties.class)
public class SluiceAutoConfiguration {

  @Bean
  static NamedBeans sluiceNamedBeans(Environment environment) {
    return new NamedBeans(environment);
  }

  @Bean
  @ConditionalOnMissingBean
  SluiceClients sluiceClients(
      SluiceProperties properties, ObjectProvider<SluiceClientCustomizer> customizers) {
    return new SluiceClients(properties, customizers.orderedStream().toList());
  }

  /** Micrometer is optional. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterRegistry.class)
  static class Meters {
    @Bean
    SluiceClientCustomizer sluiceMeters(ObjectProvider<MeterRegistry> registry) {
      return (name, settings) -> {
        MeterRegistry known = registry.getIfUnique();
        return known == null ? settings : settings.metrics(known);
      };
    }
  }

  /** Micrometer is optional. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ObservationRegistry.class)
  static class Traces {
    @Bean
    SluiceClientCustomizer sluiceTraces(ObjectProvider<ObservationRegistry> registry) {
      return (name, settings) -> {
        ObservationRegistry known = registry.getIfUnique();
        return known == null || known.isNoop() ? settings : settings.observations(known);
      };
    }
  }
}
