package dev.sluice.api.login;

import dev.sluice.api.RemotePath;
import java.util.Objects;
import java.util.Set;

/**
 * The user that a session acts as.
 *
 * @param name the user's name, as logged
 * @param home where the session starts
 * @param rights what the user may do anywhere in the tree; a storage may allow less
 */
public record Identity(String name, RemotePath home, Set<Right> rights) {
  public Identity {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(home, "home");
    rights = Set.copyOf(rights);
  }

  /** {@code name} with every right, starting at the root. */
  public static Identity of(String name) {
    return new Identity(name, RemotePath.root(), Right.ALL);
  }

  /** The same user with no more than {@code newRights}. */
  public Identity withRights(Set<Right> newRights) {
    return new Identity(name, home, newRights);
  }

  /** The same user starting in {@code newHome}. */
  public Identity withHome(RemotePath newHome) {
    return new Identity(name, newHome, rights);
  }
}
