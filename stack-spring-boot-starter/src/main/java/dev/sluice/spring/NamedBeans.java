package dev.sluice.spring;

import dev.sluice.api.FileOperations;
import dev.sluice.client.RemoteClient;
import java.util.Map;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * A bean for each client and one for its pool: {@code partnerClient} and {@code partner}. They must
 * be known before any bean is made, so their names are read from the environment.
 */
final class NamedBeans implements BeanDefinitionRegistryPostProcessor {
  private static final Bindable<Map<String, Object>> NAMES =
      Bindable.mapOf(String.class, Object.class);

  private final Environment environment;

  NamedBeans(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
    ConfigurableListableBeanFactory beans = (ConfigurableListableBeanFactory) registry;
    Binder.get(environment)
        .bind("sluice.clients", NAMES)
        .orElseGet(Map::of)
        .keySet()
        .forEach(
            name -> {
              registry.registerBeanDefinition(
                  name + "Client",
                  definition(
                      BeanDefinitionBuilder.genericBeanDefinition(
                          RemoteClient.class, () -> clients(beans).client(name))));
              registry.registerBeanDefinition(
                  name,
                  definition(
                      BeanDefinitionBuilder.genericBeanDefinition(
                          FileOperations.class, () -> clients(beans).files(name))));
            });
  }

  /** Closed by {@link SluiceClients}: Spring would call {@code close}, and drop what it returns. */
  private static BeanDefinition definition(BeanDefinitionBuilder builder) {
    return builder.setLazyInit(true).setDestroyMethodName("").getBeanDefinition();
  }

  private static SluiceClients clients(ConfigurableListableBeanFactory beans) {
    return beans.getBean(SluiceClients.class);
  }
}
