package dev.sluice.client.nio;

import dev.sluice.api.RemotePath;
import dev.sluice.client.Clients;
import dev.sluice.client.RemoteClient;
import dev.sluice.client.blocking.BlockingOptions;
import dev.sluice.client.blocking.BlockingSession;
import dev.sluice.client.pool.PoolOptions;
import dev.sluice.transport.connect.RemotePlace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * File systems of one scheme, with one for each user and server. See {@link ServerFileSystems} for
 * the environment.
 */
abstract sealed class ServerFileSystemProvider extends FileSystemProvider
    permits SftpFileSystemProvider,
        FtpFileSystemProvider,
        FtpesFileSystemProvider,
        FtpsFileSystemProvider {
  private final String scheme;
  private final Map<String, ServerFileSystem> systems = new ConcurrentHashMap<>();

  ServerFileSystemProvider(String scheme) {
    this.scheme = scheme;
  }

  @Override
  public String getScheme() {
    return scheme;
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) throws IOException {
    Environment environment = new Environment(env);
    RemoteClient client = Clients.of(place(uri), environment::apply);
    ServerFileSystem made = system(client, environment.pool(), environment.waits());
    if (systems.putIfAbsent(made.root(), made) != null) {
      made.close();
      throw new FileSystemAlreadyExistsException(made.root());
    }
    return made;
  }

  /** One that {@link #getFileSystem} does not know. */
  ServerFileSystem system(RemoteClient client, PoolOptions pool, BlockingOptions waits) {
    return new ServerFileSystem(
        this, root(client.place()), BlockingSession.of(client.pooled(pool), waits));
  }

  void forget(ServerFileSystem system) {
    systems.remove(system.root(), system);
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    String root = root(place(uri));
    ServerFileSystem known = systems.get(root);
    if (known == null) {
      throw new FileSystemNotFoundException(root + " was not opened by newFileSystem");
    }
    return known;
  }

  @Override
  public Path getPath(URI uri) {
    return getFileSystem(uri).getPath(place(uri).path().toString());
  }

  /** Paths of a file system start at the root of the server. */
  private RemotePlace place(URI uri) {
    RemotePlace place = RemotePlace.of(uri);
    if (!place.scheme().equals(scheme)) {
      throw new IllegalArgumentException(place + " is not of " + scheme + ":");
    }
    if (place.home()) {
      throw new IllegalArgumentException(place + ": write the path from the root of the server");
    }
    return place;
  }

  private static String root(RemotePlace place) {
    String text = place.at(RemotePath.root(), false).toString();
    return text.substring(0, text.length() - 1);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    ServerPath file = ServerPath.of(path);
    SeekableByteChannel channel = session(file).newByteChannel(file.remote(), options);
    if (attributes.length > 0) {
      return Created.with(channel, file, attributes);
    }
    return channel;
  }

  @Override
  public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
    ServerPath file = ServerPath.of(path);
    Verbs.requireReading(options);
    session(file).stat(file.remote()); // a missing file is reported now
    return session(file).newInputStream(file.remote());
  }

  @Override
  public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
    return Verbs.output(ServerPath.of(path), Set.copyOf(Arrays.asList(options)));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    return ServerDirectory.of(ServerPath.of(directory), filter);
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    ServerPath path = ServerPath.of(directory);
    Verbs.createDirectory(path);
    Created.set(path, attributes);
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    ServerPath path = ServerPath.of(link);
    session(path).createSymbolicLink(path.remote(), target.toString());
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    ServerPath path = ServerPath.of(link);
    session(path).createHardLink(path.remote(), ServerPath.of(existing).remote());
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    ServerPath path = ServerPath.of(link);
    return path.getFileSystem().getPath(session(path).readLink(path.remote()));
  }

  @Override
  public void delete(Path path) throws IOException {
    Verbs.delete(ServerPath.of(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    Verbs.copy(ServerPath.of(source), ServerPath.of(target), Set.of(options));
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    Verbs.move(ServerPath.of(source), ServerPath.of(target), Set.of(options));
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    if (one.equals(other)) {
      return true;
    }
    if (!(other instanceof ServerPath second)
        || !second.getFileSystem().equals(one.getFileSystem())) {
      return false;
    }
    ServerPath first = ServerPath.of(one);
    String key = session(first).stat(first.remote()).attributes().identity();
    String key2 = session(second).stat(second.remote()).attributes().identity();
    return first.remote().equals(second.remote()) || (key != null && key.equals(key2));
  }

  @Override
  public boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw new UnsupportedOperationException("a server does not list its disks");
  }

  /** Whether it is there; what may be done with it is known only when it is tried. */
  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    ServerPath file = ServerPath.of(path);
    session(file).stat(file.remote());
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return type == BasicFileAttributeView.class || type == PosixFileAttributeView.class
        ? type.cast(view(path, options))
        : null;
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (type != BasicFileAttributes.class && type != PosixFileAttributes.class) {
      throw new UnsupportedOperationException(type.getSimpleName() + " are not offered");
    }
    return type.cast(view(path, options).readAttributes());
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return view(path, options).byName(attributes);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    int colon = attribute.indexOf(':');
    String view = colon < 0 ? "basic" : attribute.substring(0, colon);
    AttributeName.of(view, attribute.substring(colon + 1)).set(view(path, options), value);
  }

  private static ServerAttributeView view(Path path, LinkOption... options) {
    return new ServerAttributeView(
        ServerPath.of(path), !Set.of(options).contains(LinkOption.NOFOLLOW_LINKS));
  }

  private static BlockingSession session(ServerPath path) {
    return path.getFileSystem().session();
  }
}
