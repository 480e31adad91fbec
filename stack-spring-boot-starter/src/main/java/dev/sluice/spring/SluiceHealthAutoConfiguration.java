package dev.sluice.spring;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Whether the servers of the clients answer, each by the name of its client. */
@AutoConfiguration(after = SluiceAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(SluiceClients.class)
@ConditionalOnEnabledHealthIndicator("sluice")
public class SluiceHealthAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "sluiceHealthContributor")
  CompositeHealthContributor sluiceHealthContributor(SluiceClients clients) {
    Map<String, HealthIndicator> all = new LinkedHashMap<>();
    clients
        .names()
        .forEach(
            name -> all.put(name, new ServerHealth(clients.client(name), clients.files(name))));
    return CompositeHealthContributor.fromMap(all);
  }
}
