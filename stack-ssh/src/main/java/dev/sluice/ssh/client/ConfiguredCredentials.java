package dev.sluice.ssh.client;

import dev.sluice.ssh.Credential;
import dev.sluice.ssh.config.HostConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The credentials that a configuration allows a client to use: {@code PasswordAuthentication},
 * {@code KbdInteractiveAuthentication}, {@code PubkeyAuthentication}, {@code IdentitiesOnly} and
 * {@code PreferredAuthentications}, the last of which also orders them.
 */
record ConfiguredCredentials(HostConfig settings) {

  List<Credential> allowed(List<Credential> all) {
    List<Credential> switched = all.stream().filter(this::isOn).toList();
    Optional<String> preferred = settings.value("preferredauthentications");
    return preferred
        .map(
            methods ->
                Arrays.stream(methods.split(",", -1))
                    .flatMap(
                        method -> switched.stream().filter(each -> method(each).equals(method)))
                    .toList())
        .orElse(switched);
  }

  private boolean isOn(Credential credential) {
    boolean agentAllowed =
        !(credential instanceof Credential.Agent) || !settings.flag("identitiesonly", false);
    return agentAllowed
        && switch (method(credential)) {
          case "password" -> settings.flag("passwordauthentication", true);
          case "keyboard-interactive" -> settings.flag("kbdinteractiveauthentication", true);
          default -> isPublicKeyOn();
        };
  }

  /**
   * {@code unbound} and {@code host-bound} are about forwarded agents, and none is forwarded here.
   */
  private boolean isPublicKeyOn() {
    String text = settings.value("pubkeyauthentication").orElse("yes");
    return text.equals("unbound")
        || text.equals("host-bound")
        || settings.flag("pubkeyauthentication", true);
  }

  private static String method(Credential credential) {
    if (credential instanceof Credential.Password) {
      return "password";
    }
    return credential instanceof Credential.Interactive ? "keyboard-interactive" : "publickey";
  }
}
