package dev.sluice.client;

import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.transport.connect.ClientProvider;
import dev.sluice.transport.connect.ClientRequest;
import dev.sluice.transport.connect.ClientSettings;
import dev.sluice.transport.connect.RemotePlace;
import dev.sluice.transport.connect.Setting;
import dev.sluice.transport.connect.Tuning;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * Clients by URI, whatever the protocol.
 *
 * <pre>{@code
 * FileClient client =
 *     Clients.of(
 *         URI.create("sftp://ann@files.example/in"),
 *         c -> c.keyFile(key, passphrase).knownHosts(file));
 * }</pre>
 *
 * <p>Schemes are {@code file} and {@code mem}, and those of the protocols on the class path: {@code
 * ftp}, {@code ftpes} and {@code ftps} of {@code stack-ftp}, {@code sftp} of {@code stack-sftp}.
 * {@code mem://name/} are files in memory that all clients of this process share which use that
 * name; with {@code mem:/} each client has files of its own.
 */
public final class Clients {
  /** Where the schemes of this project come from. */
  private static final Map<String, String> ARTIFACTS =
      Map.of("ftp", "stack-ftp", "ftpes", "stack-ftp", "ftps", "stack-ftp", "sftp", "stack-sftp");

  private Clients() {}

  /** A client with the defaults. */
  public static RemoteClient of(URI uri) {
    return of(uri, settings -> settings);
  }

  /**
   * A client with settings. Makes no connection; reads the files of TLS certificates, so it is not
   * for event loops.
   *
   * @throws IllegalArgumentException for a URI that names no place, an unknown scheme, and a
   *     setting that the scheme cannot use; without secrets
   */
  public static RemoteClient of(URI uri, UnaryOperator<ClientSettings> change) {
    return of(RemotePlace.of(uri), change);
  }

  /** As {@link #of(URI, UnaryOperator)}, for a place that was read already. */
  public static RemoteClient of(RemotePlace place, UnaryOperator<ClientSettings> change) {
    ClientSettings settings = change.apply(ClientSettings.DEFAULT);
    List<ClientProvider> providers = providers();
    ClientProvider provider =
        providers.stream()
            .filter(each -> each.schemes().contains(place.scheme()))
            .findFirst()
            .orElseThrow(() -> unknown(place.scheme(), providers));
    requireUsable(place.scheme(), settings, provider, providers);
    ClientSettings safe = Secrets.bounded(settings);
    return new RemoteClient(
        place, safe, provider.client(new ClientRequest(place, safe, Logins.of(place, safe))));
  }

  /** The path that {@code uri} names, as {@code session} knows it. */
  public static Mono<RemotePath> path(URI uri, FileSession session) {
    return Mono.defer(() -> RemotePlace.of(uri).on(session));
  }

  /** The schemes that clients can be made for, sorted. */
  public static Set<String> schemes() {
    return schemes(providers());
  }

  private static void requireUsable(
      String scheme,
      ClientSettings settings,
      ClientProvider provider,
      List<ClientProvider> providers) {
    Set<Setting> unusable = settings.used();
    unusable.removeAll(provider.settings(scheme));
    for (Setting setting : unusable) {
      throw new IllegalArgumentException(
          "%s: has no use for %s, which is for %s"
              .formatted(scheme, setting, using(setting, providers)));
    }
    Set<Class<?>> types = provider.tunable(scheme);
    for (Tuning<?> tuning : settings.tunings()) {
      if (!types.contains(tuning.type())) {
        throw new IllegalArgumentException(
            "tune(%s) has no effect on %s:, whose clients are of %s"
                .formatted(
                    tuning.type().getSimpleName(),
                    scheme,
                    types.stream().map(Class::getSimpleName).sorted().toList()));
      }
    }
  }

  private static String using(Setting setting, List<ClientProvider> providers) {
    Set<String> schemes = new TreeSet<>();
    for (ClientProvider each : providers) {
      for (String scheme : each.schemes()) {
        if (each.settings(scheme).contains(setting)) {
          schemes.add(scheme + ":");
        }
      }
    }
    return schemes.isEmpty() ? "no scheme on the class path" : String.join(", ", schemes);
  }

  private static IllegalArgumentException unknown(String scheme, List<ClientProvider> providers) {
    String artifact = ARTIFACTS.get(scheme);
    return new IllegalArgumentException(
        scheme
            + ": is not known; on the class path are "
            + schemes(providers).stream().map(each -> each + ":").collect(Collectors.joining(", "))
            + (artifact == null ? "" : "; add dev.sluice:" + artifact));
  }

  private static Set<String> schemes(List<ClientProvider> providers) {
    Set<String> all = new TreeSet<>();
    providers.forEach(each -> all.addAll(each.schemes()));
    return all;
  }

  /** A thread may have a loader that does not see us, or one that sees more than ours. */
  private static List<ClientProvider> providers() {
    List<ClientProvider> all = new ArrayList<>();
    Set<Class<?>> known = new HashSet<>();
    for (ServiceLoader<ClientProvider> loader :
        List.of(
            ServiceLoader.load(ClientProvider.class),
            ServiceLoader.load(ClientProvider.class, Clients.class.getClassLoader()))) {
      for (ClientProvider provider : loader) {
        if (known.add(provider.getClass())) {
          all.add(provider);
        }
      }
    }
    return all;
  }
}
