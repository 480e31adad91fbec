package dev.sluice.sftp.client;

import dev.sluice.api.RemotePath;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.OpenSshExtension;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one upload requests between its last WRITE and its CLOSE. If the server does not set the
 * attributes, the upload does not fail: {@link #refused} reports it.
 */
final class Ending {
  private final SftpAttributes attributes;
  private final boolean synced;
  private volatile boolean refused;

  /**
   * @param attributes NONE = none are set
   * @param synced whether to force the file to stable storage
   */
  Ending(SftpAttributes attributes, boolean synced) {
    this.attributes = attributes;
    this.synced = synced;
  }

  static Ending plain() {
    return new Ending(SftpAttributes.NONE, false);
  }

  /** Whether the attributes were not set. */
  boolean refused() {
    return refused;
  }

  /**
   * Sends the requests. On the thread.
   *
   * @param settle is called with the error of each request; null = it succeeded
   * @return the number of requests
   */
  int send(
      SftpLink link, SftpHandle handle, RemotePath path, Consumer<@Nullable Throwable> settle) {
    int sent = 0;
    if (!attributes.equals(SftpAttributes.NONE)) {
      Consumer<@Nullable Throwable> lenient =
          cause -> {
            refused = cause != null;
            settle.accept(null);
          };
      send(link, id -> new HandleRequest.Fsetstat(id, handle, attributes), path, lenient);
      sent++;
    }
    if (synced) {
      send(link, id -> new Extended(id, new OpenSshExtension.Fsync(handle)), path, settle);
      sent++;
    }
    return sent;
  }

  private static void send(
      SftpLink link,
      IntFunction<SftpRequest> request,
      RemotePath path,
      Consumer<@Nullable Throwable> settle) {
    link.send(
        0,
        request,
        new Reply() {
          @Override
          public void onResponse(SftpResponse response) {
            SftpResponse.Status status = (SftpResponse.Status) response;
            settle.accept(ClientErrors.isOk(status) ? null : ClientErrors.failure(status, path));
          }

          @Override
          public void onFailure(Throwable cause) {
            settle.accept(cause);
          }
        });
  }
}
