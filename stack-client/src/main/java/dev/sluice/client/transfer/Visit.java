package dev.sluice.client.transfer;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a directory holds on both sides.
 *
 * @param events that belong before everything else in it
 * @param files files and links to copy
 * @param directories in it, to be visited next
 */
record Visit(
    Folder folder, List<TransferEvent> events, List<FileEntry> files, List<Folder> directories) {

  /**
   * What the mirror needs after the visit.
   *
   * @param sure whether both listings were understood completely, so that something may be deleted
   * @param made whether the directory is new in the target, or would be
   * @param there what the target holds, by name
   * @param extras what only the target holds, if that may be deleted
   */
  record Sides(boolean sure, boolean made, Map<String, FileEntry> there, List<FileEntry> extras) {

    /** What the target has under this name. */
    @Nullable FileEntry at(String name) {
      return there.get(name);
    }
  }

  /** What there is to do; nothing where there are no files. */
  List<TransferEvent> found() {
    if (files.isEmpty()) {
      return List.of();
    }
    long octets =
        files.stream()
            .filter(each -> each.kind() == FileKind.FILE)
            .mapToLong(each -> Math.max(0, each.size()))
            .sum();
    return List.of(new TransferEvent.Found(folder.target(), files.size(), octets));
  }

  /** Nothing of the directory can be done. */
  static Visit failed(Folder folder, Throwable cause) {
    folder.fail();
    return new Visit(
        folder, List.of(new TransferEvent.Failed(folder.target(), cause)), List.of(), List.of());
  }
}
