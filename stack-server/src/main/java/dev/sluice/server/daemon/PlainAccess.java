package dev.sluice.server.daemon;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.IoScheduler;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.LoginAttempt;
import dev.sluice.api.login.Right;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.server.config.FileRight;
import dev.sluice.server.config.GroupConfig;
import dev.sluice.server.config.Secret;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.config.UserConfig;
import dev.sluice.server.listen.Access;
import dev.sluice.ssh.AuthorizedUsers;
import dev.sluice.ssh.key.trust.AuthorizedKeys;
import dev.sluice.storage.local.LocalStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Users with a home directory and rights: bcrypt passwords and public keys. */
public final class PlainAccess {
  /** What an unknown name is compared with, so that it takes as long as a known one. */
  private static final String NOBODY =
      "$2a$10$abcdefghijklmnopqrstuuEinDj4F9qp/DyKtlHBkJzwX9uEpRDUa";

  private final Map<String, UserConfig> users = new HashMap<>();
  private final Map<String, GroupConfig> groups = new HashMap<>();

  private PlainAccess(ServerConfig config) {
    config.users().forEach(user -> users.put(user.name(), user));
    config.groups().forEach(group -> groups.put(group.name(), group));
  }

  /**
   * The users of a document.
   *
   * @throws IllegalArgumentException for what is not carried out, so that no limit is left out in
   *     silence
   */
  public static Access of(ServerConfig config) {
    NotCarriedOut.refuse(config);
    PlainAccess all = new PlainAccess(config);
    AuthorizedUsers keys = AuthorizedUsers.by(all::keys, all::password);
    Authenticator users =
        attempt -> keys.authenticate(attempt).map(user -> all.identity(user.name()));
    return new Access(
        users, LocalStorage.perUser(user -> all.home(user.name())), SessionObserver.NONE);
  }

  private Mono<Identity> password(LoginAttempt attempt) {
    return Mono.fromCallable(
            () -> {
              if (!(attempt instanceof LoginAttempt.Password given)) {
                throw new AuthenticationFailed("login refused");
              }
              UserConfig user = active(given.user());
              Secret hash = user == null ? null : user.password();
              boolean right =
                  OpenBSDBCrypt.checkPassword(
                      hash == null ? NOBODY : hash.value(), given.password().toCharArray());
              if (user == null || hash == null || !right) {
                throw new AuthenticationFailed("login refused");
              }
              return identity(user.name());
            })
        .subscribeOn(IoScheduler.shared());
  }

  private Mono<AuthorizedKeys> keys(String name) {
    return Mono.fromCallable(
            () -> {
              UserConfig user = active(name);
              return user == null ? null : AuthorizedKeys.parse(text(user.keys()));
            })
        .subscribeOn(IoScheduler.shared());
  }

  private static String text(List<String> keys) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String key : keys) {
      all.append(key.contains(" ") ? key : Files.readString(Path.of(key), StandardCharsets.UTF_8))
          .append('\n');
    }
    return all.toString();
  }

  private @Nullable UserConfig active(String name) {
    UserConfig user = users.get(name);
    boolean out =
        user == null
            || user.disabled()
            || user.expires() != null
                && !LocalDate.now(ZoneId.systemDefault()).isBefore(user.expires());
    return out ? null : user;
  }

  private Identity identity(String name) {
    UserConfig user = users.get(name);
    List<FileRight> own = user == null ? null : user.policy().rights();
    GroupConfig group = group(user);
    List<FileRight> rights = own == null && group != null ? group.policy().rights() : own;
    Set<Right> all = rights == null ? Right.ALL : FileRight.of(rights);
    return Identity.of(name).withRights(all);
  }

  private @Nullable GroupConfig group(@Nullable UserConfig user) {
    return user == null || user.group() == null ? null : groups.get(user.group());
  }

  private Path home(String name) {
    UserConfig user = users.get(name);
    String own = user == null ? null : user.policy().home();
    GroupConfig group = group(user);
    String home = own == null && group != null ? group.policy().home() : own;
    if (home == null) {
      throw new IllegalStateException("user " + name + " has no home");
    }
    return Path.of(
        home.replace("{user}", name).replace("{group}", group == null ? "" : group.name()));
  }
}
