package dev.sluice.server.account;

import java.util.List;

/**
 * What has become of a user of another server.
 *
 * @param user with the line of the other server's file
 * @param added whether the user is there now, or would be
 * @param lost what was not carried over, or why the user is not there
 */
public record UserImport(ForeignUser user, boolean added, List<String> lost) {
  public UserImport {
    lost = List.copyOf(lost);
  }
}
