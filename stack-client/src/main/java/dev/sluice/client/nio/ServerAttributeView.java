package dev.sluice.client.nio;

import dev.sluice.api.AttributeChange;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of a file, to be read and changed. */
record ServerAttributeView(ServerPath path, boolean followed) implements PosixFileAttributeView {

  @Override
  public String name() {
    return "posix";
  }

  @Override
  public PosixFileAttributes readAttributes() throws IOException {
    var session = path.getFileSystem().session();
    return new ServerAttributes(
        (followed ? session.stat(path.remote()) : session.lstat(path.remote())).attributes());
  }

  @Override
  public void setTimes(
      @Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
      throws IOException {
    AttributeChange change = AttributeChange.none();
    change = modified == null ? change : change.withModified(modified.toInstant());
    change = accessed == null ? change : change.withAccessed(accessed.toInstant());
    change(created == null ? change : change.withCreated(created.toInstant()));
  }

  @Override
  public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
    change(AttributeChange.none().withPermissions(ServerAttributes.mode(permissions)));
  }

  @Override
  public void setGroup(GroupPrincipal group) throws IOException {
    change(AttributeChange.none().withGroup(group.getName()));
  }

  @Override
  public UserPrincipal getOwner() throws IOException {
    return readAttributes().owner();
  }

  @Override
  public void setOwner(UserPrincipal owner) throws IOException {
    change(AttributeChange.none().withOwner(owner.getName()));
  }

  /** By name, such as {@code posix:permissions,size} or {@code *}. */
  Map<String, Object> byName(String text) throws IOException {
    int colon = text.indexOf(':');
    String view = colon < 0 ? "basic" : text.substring(0, colon);
    if (!path.getFileSystem().supportedFileAttributeViews().contains(view)) {
      throw new UnsupportedOperationException(view + " is not a view of this file system");
    }
    PosixFileAttributes all = readAttributes();
    Map<String, Object> found = new LinkedHashMap<>();
    for (String name : text.substring(colon + 1).split(",", -1)) {
      if (name.equals("*")) {
        AttributeName.all(view).forEach(each -> each.put(all, found));
      } else {
        AttributeName.of(view, name).put(all, found);
      }
    }
    return found;
  }

  private void change(AttributeChange change) throws IOException {
    if (!change.equals(AttributeChange.none())) {
      path.getFileSystem().session().setAttributes(path.remote(), change);
    }
  }
}
