package dev.sluice.transport.connect;

import dev.sluice.api.FileClient;
import java.util.Set;

/**
 * A protocol that clients can be made for by URI. Registered with {@link java.util.ServiceLoader},
 * in {@code module-info} and in {@code META-INF/services}, so that whoever makes clients needs no
 * protocol at compile time.
 */
public interface ClientProvider {

  /** The schemes of its URIs, in lower case. */
  Set<String> schemes();

  /** What can be set for clients of this scheme. */
  Set<Setting> settings(String scheme);

  /** The types that {@link ClientSettings#tune} changes for this scheme. */
  Set<Class<?>> tunable(String scheme);

  /**
   * A client for a server. Makes no connection; may read files.
   *
   * @throws IllegalArgumentException naming the value that makes no sense
   */
  FileClient client(ClientRequest request);
}
