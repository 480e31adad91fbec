package dev.sluice.tls;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which certificate a server shows to which client. Called once for each control connection, on its
 * event loop: must not block.
 */
@FunctionalInterface
public interface ServerCertificates {

  /**
   * The key for a client that asks for {@code serverName}, in lower case. Empty = the client is
   * refused because there is no such host (unrecognized_name).
   */
  Optional<KeyMaterial> find(Optional<String> serverName);

  /** One certificate for all clients. */
  static ServerCertificates of(KeyMaterial material) {
    return serverName -> Optional.of(material);
  }

  /**
   * By name, where {@code *.example.org} stands for all names with one more label.
   *
   * @param others for clients that ask for another name or for none; empty = such clients are
   *     refused
   */
  static ServerCertificates byName(Map<String, KeyMaterial> names, Optional<KeyMaterial> others) {
    Map<String, KeyMaterial> lowerCase = new HashMap<>();
    names.forEach((name, material) -> lowerCase.put(name.toLowerCase(Locale.ROOT), material));
    return serverName ->
        serverName
            .flatMap(name -> Optional.ofNullable(lowerCase.get(name)))
            .or(() -> serverName.map(name -> lowerCase.get(wildcard(name))))
            .or(() -> others);
  }

  private static String wildcard(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? "" : "*" + name.substring(dot);
  }
}
