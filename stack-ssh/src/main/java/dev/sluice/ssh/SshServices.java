package dev.sluice.ssh;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server runs in sessions (RFC 4254 section 6.5).
 *
 * @param subsystems by name
 * @param exec serves commands; null = none are
 * @param environment names of variables that clients may set
 */
@RecordBuilder
public record SshServices(
    Map<String, SshService> subsystems, @Nullable SshService exec, Set<String> environment)
    implements SshServicesBuilder.With {
  /** Nothing. */
  public static final SshServices NONE = new SshServices(Map.of(), null, Set.of());

  public SshServices {
    subsystems = Map.copyOf(subsystems);
    environment = Set.copyOf(environment);
  }

  /** For events: {@code sftp} if that is all that is served, else {@code ssh}. */
  public String protocol() {
    return exec == null && subsystems.keySet().equals(Set.of("sftp")) ? "sftp" : "ssh";
  }
}
