package dev.sluice.spring;

import dev.sluice.transport.connect.ClientSettings;

/**
 * Changes the settings of clients besides their properties, such as a password from a vault. Beans
 * of this type are called for every client, in their order.
 */
@FunctionalInterface
public interface SluiceClientCustomizer {
  /**
   * The settings of a client.
   *
   * @param name as in the properties
   * @param settings what the properties say
   */
  ClientSettings customize(String name, ClientSettings settings);
}
