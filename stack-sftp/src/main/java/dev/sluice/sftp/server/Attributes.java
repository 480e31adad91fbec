package dev.sluice.sftp.server;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.Capability;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import dev.sluice.api.login.Accounts;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.FileType;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpAttributes.Details;
import dev.sluice.sftp.message.SftpAttributes.Owner;
import dev.sluice.sftp.message.StatusCode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Between the attributes of a tree and those of SFTP. */
final class Attributes {
  private static final int FILE_MODE = 0644;
  private static final int DIRECTORY_MODE = 0755;

  private Attributes() {}

  /** What is known of a file, as it is sent to a client of {@code version}. */
  static SftpAttributes of(FileAttributes from, SftpVersion version) {
    SftpAttributes told =
        SftpAttributes.NONE
            .withType(type(from.kind()))
            .withSize(from.hasSize() ? from.size() : null)
            .withOwner(owner(from, version))
            .withPermissions(permissions(from))
            .withTimes(from.accessed(), from.modified())
            .withCreated(from.created());
    return from.links() == FileAttributes.UNKNOWN
        ? told
        : told.withDetails(new Details(null, null, null, null, null, from.links(), null));
  }

  /** What a client asks for. */
  static AttributeChange change(SftpAttributes from) {
    AttributeChange change = AttributeChange.none();
    if (from.size() != null) {
      change = change.withSize(from.size());
    }
    if (from.permissions() != null) {
      change = change.withPermissions(from.permissions());
    }
    if (from.accessed() != null) {
      change = change.withAccessed(from.accessed());
    }
    if (from.modified() != null) {
      change = change.withModified(from.modified());
    }
    if (from.created() != null) {
      change = change.withCreated(from.created());
    }
    Owner owner = from.owner();
    if (owner != null) {
      change = owner.user().isEmpty() ? change : change.withOwner(local(owner.user()));
      change = owner.group().isEmpty() ? change : change.withGroup(local(owner.group()));
    }
    return change;
  }

  /** {@code change} but the size. */
  static AttributeChange withoutSize(AttributeChange c) {
    return new AttributeChange(
        c.modified(), c.accessed(), c.created(), c.permissions(), c.owner(), c.group(), null);
  }

  /** {@code first} with what {@code then} changes on top. */
  static AttributeChange both(AttributeChange first, AttributeChange then) {
    return new AttributeChange(
        or(then.modified(), first.modified()),
        or(then.accessed(), first.accessed()),
        or(then.created(), first.created()),
        or(then.permissions(), first.permissions()),
        or(then.owner(), first.owner()),
        or(then.group(), first.group()),
        or(then.size(), first.size()));
  }

  private static <T> @Nullable T or(@Nullable T one, @Nullable T other) {
    return one == null ? other : one;
  }

  /**
   * Refuses, in version 6, what cannot be set, before anything else is set
   * (draft-ietf-secsh-filexfer-13 sections 7.1, 7.4, 7.10 to 7.14).
   */
  static void check(SftpAttributes asked, Session session) {
    if (session.version() != SftpVersion.V6) {
      return;
    }
    refuseUnless(session.has(Capability.SET_SIZE), asked.size());
    refuseUnless(session.has(Capability.SET_OWNER), asked.owner());
    refuseUnless(session.has(Capability.SET_PERMISSIONS), asked.permissions());
    refuseUnless(session.has(Capability.SET_CREATED), asked.created());
    refuseUnless(session.has(Capability.SET_MODIFIED), asked.modified());
    Details details = asked.details();
    Long allocation = details.allocation();
    if (details.textHint() != null
        || details.links() != null
        || allocation != null && asked.size() != null && allocation < asked.size()) {
      throw new Refusal(StatusCode.INVALID_PARAMETER);
    }
    if (!asked.extended().isEmpty() || details.acl() != null) {
      throw new Refusal(StatusCode.OP_UNSUPPORTED);
    }
  }

  private static void refuseUnless(boolean kept, @Nullable Object asked) {
    if (!kept && asked != null) {
      throw new Refusal(StatusCode.OP_UNSUPPORTED);
    }
  }

  private static FileType type(FileKind kind) {
    return switch (kind) {
      case FILE -> FileType.REGULAR;
      case DIRECTORY -> FileType.DIRECTORY;
      case SYMBOLIC_LINK -> FileType.SYMLINK;
      case OTHER -> FileType.SPECIAL;
    };
  }

  /** In version 3, only these say what kind of file it is, so they are never left out. */
  private static int permissions(FileAttributes from) {
    if (from.permissions() != FileAttributes.UNKNOWN) {
      return from.permissions();
    }
    return from.isDirectory() ? DIRECTORY_MODE : FILE_MODE;
  }

  private static @Nullable Owner owner(FileAttributes from, SftpVersion version) {
    String user = from.owner();
    String group = from.group();
    if (user == null && group == null) {
      return null;
    }
    if (version != SftpVersion.V3) {
      return new Owner(Objects.requireNonNullElse(user, ""), Objects.requireNonNullElse(group, ""));
    }
    return new Owner(
        user == null ? "" : Accounts.userNumber(user).orElse(user),
        group == null ? "" : Accounts.groupNumber(group).orElse(group));
  }

  /** The name without the domain that versions 4 to 6 require after it. */
  private static String local(String principal) {
    int at = principal.indexOf('@');
    return at < 0 ? principal : principal.substring(0, at);
  }
}
