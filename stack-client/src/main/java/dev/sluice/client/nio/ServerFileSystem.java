package dev.sluice.client.nio;

import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.client.blocking.BlockingSession;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;

/** The files of a server, over a pool of sessions that ends with this. */
final class ServerFileSystem extends FileSystem {
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,=:@/";

  private final ServerFileSystemProvider provider;
  private final String root;
  private final BlockingSession session;
  private volatile boolean closed;

  /**
   * @param root the URI of the server, without a path
   */
  ServerFileSystem(ServerFileSystemProvider provider, String root, BlockingSession session) {
    this.provider = provider;
    this.root = root;
    this.session = session;
  }

  BlockingSession session() {
    if (closed) {
      throw new ClosedFileSystemException();
    }
    return session;
  }

  String root() {
    return root;
  }

  URI uri(RemotePath path) {
    StringBuilder text = new StringBuilder(root);
    boolean tilde = !path.isRoot() && path.names().get(0).equals("~"); // /~/ is another place
    for (byte octet : RawName.encode(path.toString())) {
      if (octet >= 0 && PLAIN.indexOf(octet) >= 0 && !(tilde && octet == '~')) {
        text.append((char) octet);
      } else {
        text.append("%%%02X".formatted(octet & 0xFF));
      }
    }
    return URI.create(text.toString());
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      provider.forget(this);
      session.close();
    }
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(new ServerPath(this, List.of(), true));
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  /** FTP has modes only where the server lists them. */
  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic", "posix");
  }

  @Override
  public Path getPath(String first, String... more) {
    StringBuilder text = new StringBuilder(first);
    for (String part : more) {
      text.append(text.isEmpty() || part.isEmpty() ? "" : "/").append(part);
    }
    if (text.indexOf("\0") >= 0) {
      throw new InvalidPathException(RawName.escape(text.toString()), "it holds NUL");
    }
    return ServerPath.of(this, text.toString());
  }

  /** Those of the default file system, for {@code glob:} and {@code regex:}. */
  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher(syntaxAndPattern);
    return path -> {
      try {
        byte[] octets = RawName.encode(path.toString());
        return matcher.matches(Path.of(new String(octets, StandardCharsets.UTF_8)));
      } catch (InvalidPathException notHere) {
        return false;
      }
    };
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException("a server does not list its users");
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException("a server does not report changes");
  }
}
