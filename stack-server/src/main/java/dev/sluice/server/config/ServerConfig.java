package dev.sluice.server.config;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole server, as the document describes it.
 *
 * @param listeners what is listened on
 * @param hostKeys the directory of the SSH host keys; an Ed25519 key is made where there is none
 * @param tls certificate and key for FTPS
 * @param protocols what the protocols allow, unless a listener says otherwise
 * @param admin the HTTP interface of the operator; none unless it is set
 * @param audit the record of what users do; none unless it is set
 * @param drain how long transfers may go on after the server begins to stop; default 10m
 * @param limits what all users together, and each of them, may use
 * @param groups what several users have in common
 * @param users who may log in
 * @param hooks what runs when something has happened
 * @param include more files with users and groups, as patterns below the directory of this file
 */
@RecordBuilder
public record ServerConfig(
    @Key(value = "what is listened on", required = true) List<ListenerConfig> listeners,
    @Key(
            value =
                "the directory of the SSH host keys; an Ed25519 key is made where there is none",
            example = "/var/lib/sluice/keys")
        @Nullable Path hostKeys,
    @Key("certificate and key for FTPS") @Nullable TlsConfig tls,
    @Key(value = "what the protocols allow, unless a listener says otherwise", flat = true)
        ProtocolConfig protocols,
    @Key("the HTTP interface of the operator; none unless it is set") @Nullable AdminConfig admin,
    @Key("the record of what users do; none unless it is set") @Nullable AuditConfig audit,
    @Key(value = "how long transfers may go on after the server begins to stop", standard = "10m")
        Duration drain,
    @Key("what all users together, and each of them, may use") LimitsConfig limits,
    @Key("what several users have in common") List<GroupConfig> groups,
    @Key("who may log in") List<UserConfig> users,
    @Key("what runs when something has happened") List<HookConfig> hooks,
    @Key(
            value =
                "more files with users and groups, as patterns below the directory of this file",
            example = "users.d/*.yaml")
        List<String> include)
    implements ServerConfigBuilder.With {
  public ServerConfig {
    listeners = List.copyOf(listeners);
    groups = List.copyOf(groups);
    users = List.copyOf(users);
    hooks = List.copyOf(hooks);
    include = List.copyOf(include);
  }
}
