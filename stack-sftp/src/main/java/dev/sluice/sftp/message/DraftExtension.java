package dev.sluice.sftp.message;

import dev.sluice.ssh.wire.SshBoolean;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.Uint32;
import dev.sluice.ssh.wire.Uint64;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The extensions of the drafts (draft-ietf-secsh-filexfer-05 section 8, -09 section 9, -13 section
 * 5, draft-ietf-secsh-filexfer-extensions-00).
 */
public sealed interface DraftExtension extends Extension {

  /** Copies a file. */
  record CopyFile(String from, String to, boolean overwrite) implements DraftExtension {
    public static final String NAME = "copy-file";

    static CopyFile decode(ByteBuf in) {
      return new CopyFile(Text.read(in), Text.read(in), SshBoolean.read(in));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      Text.write(out, from);
      Text.write(out, to);
      SshBoolean.write(out, overwrite);
    }
  }

  /**
   * Asks for digests of a file; see {@link ExtensionReply.Digests}. One of {@code path} and {@code
   * handle} is present.
   *
   * @param hashes names, the most wanted first
   * @param length octets; 0 = to the end
   * @param blockSize a digest for each block of so many octets, 256 at least; 0 = one for all
   */
  record CheckFile(
      @Nullable String path,
      @Nullable SftpHandle handle,
      List<String> hashes,
      long offset,
      long length,
      long blockSize)
      implements DraftExtension {
    public static final String BY_NAME = "check-file-name";
    public static final String BY_HANDLE = "check-file-handle";

    /** The name under which a server offers both. */
    public static final String OFFER = "check-file";

    public CheckFile {
      hashes = List.copyOf(hashes);
    }

    static CheckFile decodeName(ByteBuf in) {
      return decode(Text.read(in), null, in);
    }

    static CheckFile decodeHandle(ByteBuf in) {
      return decode(null, SftpHandle.read(in), in);
    }

    private static CheckFile decode(
        @Nullable String path, @Nullable SftpHandle handle, ByteBuf in) {
      String hashes = new String(SshString.read(in), StandardCharsets.ISO_8859_1);
      return new CheckFile(
          path,
          handle,
          List.of(hashes.split(",", -1)),
          Uint64.read(in),
          Uint64.read(in),
          Uint32.read(in));
    }

    @Override
    public String name() {
      return path != null ? BY_NAME : BY_HANDLE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      Targets.write(out, path, handle);
      SshString.write(out, String.join(",", hashes));
      out.writeLong(offset).writeLong(length);
      Uint32.write(out, blockSize);
    }
  }

  /**
   * Asks for the MD5 digest of a range, unless the first octets differ. One of {@code path} and
   * {@code handle} is present.
   *
   * @param length octets; 0 = to the end
   * @param quickCheck the digest of the first 2,048 octets; empty = none
   */
  record Md5Hash(
      @Nullable String path,
      @Nullable SftpHandle handle,
      long offset,
      long length,
      byte[] quickCheck)
      implements DraftExtension {
    public static final String BY_NAME = "md5-hash";
    public static final String BY_HANDLE = "md5-hash-handle";

    static Md5Hash decodeName(ByteBuf in) {
      return decode(Text.read(in), null, in);
    }

    static Md5Hash decodeHandle(ByteBuf in) {
      return decode(null, SftpHandle.read(in), in);
    }

    private static Md5Hash decode(@Nullable String path, @Nullable SftpHandle handle, ByteBuf in) {
      return new Md5Hash(path, handle, Uint64.read(in), Uint64.read(in), SshString.read(in));
    }

    @Override
    public String name() {
      return path != null ? BY_NAME : BY_HANDLE;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      Targets.write(out, path, handle);
      out.writeLong(offset).writeLong(length);
      SshString.write(out, quickCheck);
    }
  }

  /** Asks for the free space where a path lies; see {@link ExtensionReply.AvailableSpace}. */
  record SpaceAvailable(String path) implements DraftExtension {
    public static final String NAME = "space-available";

    static SpaceAvailable decode(ByteBuf in) {
      return new SpaceAvailable(Text.read(in));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      Text.write(out, path);
    }
  }

  /** Chooses one of the versions that the server has listed; must be the first request. */
  record VersionSelect(String version) implements DraftExtension {
    public static final String NAME = "version-select";

    static VersionSelect decode(ByteBuf in) {
      return new VersionSelect(Text.read(in));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      Text.write(out, version);
    }
  }

  /** Moves a file that was opened as text to a line, counted from 0. */
  record TextSeek(SftpHandle handle, long line) implements DraftExtension {
    public static final String NAME = "text-seek";

    static TextSeek decode(ByteBuf in) {
      return new TextSeek(SftpHandle.read(in), Uint64.read(in));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      handle.write(out);
      out.writeLong(line);
    }
  }

  /** Asks the server to send names in UTF-8, or as they are stored. */
  record TranslateNames(boolean translate) implements DraftExtension {
    public static final String NAME = "filename-translation-control";

    static TranslateNames decode(ByteBuf in) {
      return new TranslateNames(SshBoolean.read(in));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out, Dialect dialect) {
      SshBoolean.write(out, translate);
    }
  }
}
