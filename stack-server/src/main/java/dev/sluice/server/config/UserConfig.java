package dev.sluice.server.config;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One who may log in.
 *
 * @param name the name at login
 * @param password the hash of the password: argon2id, bcrypt, or crypt $5$ and $6$
 * @param keys public keys in the form of authorized_keys, or files of them
 * @param methods methods that must all succeed, such as [publickey, password]; one of any suffices
 *     unless it is set
 * @param group the group
 * @param expires the first day on which the user may no longer log in
 * @param disabled whether the user may not log in; default false
 * @param policy what the user may do
 */
@RecordBuilder
public record UserConfig(
    @Key(value = "the name at login", required = true, example = "ann") String name,
    @Key(
            value = "the hash of the password: argon2id, bcrypt, or crypt $5$ and $6$",
            example = "$argon2id$v=19$...")
        @Nullable Secret password,
    @Key(
            value = "public keys in the form of authorized_keys, or files of them",
            file = true,
            example = "ann.pub")
        List<String> keys,
    @Key(
            "methods that must all succeed, such as [publickey, password]; one of any suffices unless it is set")
        List<String> methods,
    @Key("the group") @Nullable String group,
    @Key(value = "the first day on which the user may no longer log in", example = "2027-01-01")
        @Nullable LocalDate expires,
    @Key(value = "whether the user may not log in", standard = "false") boolean disabled,
    @Key(value = "what the user may do", flat = true) PolicyConfig policy)
    implements UserConfigBuilder.With {
  public UserConfig {
    keys = List.copyOf(keys);
    methods = List.copyOf(methods);
  }
}
