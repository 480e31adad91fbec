package dev.sluice.server.listen;

import dev.sluice.server.config.ListenerConfig;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.config.TlsConfig;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.PemFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the listeners of a document ready. Reads files: not for event loops. */
public final class Listeners {
  private Listeners() {}

  /**
   * All listeners by their URLs.
   *
   * @throws IllegalArgumentException for a certificate or a key that cannot be used
   */
  public static Map<URI, Listening> of(ServerConfig server) {
    Map<URI, Listening> all = new LinkedHashMap<>();
    for (ListenerConfig config : server.listeners()) {
      all.put(key(config.url(), all.size()), ready(config, server));
    }
    return all;
  }

  /** Several listeners may ask for any free port. */
  private static URI key(URI url, int number) {
    return url.getPort() == 0 ? URI.create(url + "#" + number) : url;
  }

  private static Listening ready(ListenerConfig config, ServerConfig server) {
    if (config.url().getScheme().equals("sftp")) {
      Path directory = config.hostKeys() == null ? server.hostKeys() : config.hostKeys();
      return new Listening(config, server, null, stamps(Objects.requireNonNull(directory)));
    }
    TlsConfig tls = config.tls() == null ? server.tls() : config.tls();
    if (tls == null) {
      return new Listening(config, server, null, "");
    }
    String stamp = tls + " " + stamp(tls.certificate()) + " " + stamp(tls.key());
    KeyMaterial material = PemFiles.keyMaterial(tls.certificate(), tls.key());
    return new Listening(config, server, material, stamp);
  }

  /** What changes with the file; the same text for a file that is not there. */
  public static String stamp(Path file) {
    try {
      return file + " " + Files.getLastModifiedTime(file) + " " + size(file);
    } catch (IOException e) {
      return file + " -";
    }
  }

  private static long size(Path file) throws IOException {
    return Files.isDirectory(file) ? 0 : Files.size(file);
  }

  private static String stamps(@Nullable Path directory) {
    TreeSet<String> all = new TreeSet<>();
    if (directory != null) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "ssh_host_*_key")) {
        files.forEach(file -> all.add(stamp(file)));
      } catch (IOException e) {
        return directory + " -"; // made when it is first needed
      }
    }
    return directory + " " + all;
  }
}
