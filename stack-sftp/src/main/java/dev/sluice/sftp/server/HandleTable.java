package dev.sluice.sftp.server;

import dev.sluice.api.RemotePath;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.StatusCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a session has open. No number is used twice. On the session's thread. */
final class HandleTable {
  private final int most;
  private final Map<SftpHandle, OpenHandle> open = new HashMap<>();

  /** Those whose CLOSE waits for its turn, and may never get it. */
  private final Set<OpenHandle> leaving = Collections.newSetFromMap(new IdentityHashMap<>());

  private long last;
  private boolean closed;

  HandleTable(int most) {
    this.most = most;
  }

  /** Refuses when there is no room for one more. */
  void checkRoom() {
    if (closed || open.size() >= most) {
      throw new Refusal(StatusCode.FAILURE);
    }
  }

  SftpHandle add(OpenHandle handle) {
    checkRoom();
    SftpHandle name = SftpHandle.of(++last);
    open.put(name, handle);
    return name;
  }

  OpenHandle find(SftpHandle name) {
    OpenHandle found = open.get(name);
    if (found == null) {
      throw new Refusal(StatusCode.INVALID_HANDLE);
    }
    return found;
  }

  /** The file of this handle; a directory's is refused. */
  OpenFile file(SftpHandle name) {
    if (find(name) instanceof OpenFile file) {
      return file;
    }
    throw new Refusal(StatusCode.FAILURE);
  }

  /** The directory of this handle; a file's is refused. */
  OpenDirectory directory(SftpHandle name) {
    if (find(name) instanceof OpenDirectory directory) {
      return directory;
    }
    throw new Refusal(StatusCode.FAILURE);
  }

  /** The name is invalid from here on; {@link #isClosing} when the handle is closed. */
  OpenHandle remove(SftpHandle name) {
    OpenHandle found = find(name);
    open.remove(name);
    leaving.add(found);
    return found;
  }

  /** Somebody closes this handle now. */
  void isClosing(OpenHandle handle) {
    leaving.remove(handle);
  }

  /** The files of this name that are not visible under it yet. */
  List<OpenFile> aside(RemotePath path) {
    return open.values().stream()
        .filter(OpenFile.class::isInstance)
        .map(OpenFile.class::cast)
        .filter(file -> file.isAside() && file.path().equals(path))
        .toList();
  }

  /** What was renamed is known by its new name. */
  void renamed(RemotePath from, RemotePath to) {
    for (OpenHandle handle : open.values()) {
      if (handle instanceof OpenFile file) {
        file.renamed(from, to);
      }
    }
  }

  /** Removes all handles that nobody closes yet; no more can be added. */
  List<OpenHandle> close() {
    closed = true;
    List<OpenHandle> all = new ArrayList<>(open.values());
    all.addAll(leaving);
    open.clear();
    leaving.clear();
    return all;
  }
}
