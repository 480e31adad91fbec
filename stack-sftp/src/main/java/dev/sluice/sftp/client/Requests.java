package dev.sluice.sftp.client;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.AttributeFlags;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.Extension;
import dev.sluice.sftp.message.ExtensionReply;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.SftpResponse.Status;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;

/**
 * Single requests as publishers. A status other than OK is a {@link FileFailure} that names the
 * path.
 */
final class Requests {
  /** Attributes of interest from version 4 on: those that {@link Attributes#read} reads. */
  static final int WISHED =
      AttributeFlags.SIZE
          | AttributeFlags.PERMISSIONS
          | AttributeFlags.ACCESSED
          | AttributeFlags.CREATED
          | AttributeFlags.MODIFIED
          | AttributeFlags.OWNER
          | AttributeFlags.SUBSECOND
          | AttributeFlags.LINKS;

  private final SftpLink link;

  Requests(SftpLink link) {
    this.link = link;
  }

  SftpLink link() {
    return link;
  }

  /**
   * The path as it is sent. The server resolves relative paths from the directory of the login,
   * except those that begin with a tilde, which for some servers means a home directory.
   *
   * @throws FileFailure {@code INVALID_NAME} for a path that no octets can represent
   */
  static String text(RemotePath path) {
    String text = path.toString();
    if (!RawName.decode(RawName.encode(text)).equals(text)) {
      throw new FileFailure(FileError.INVALID_NAME, path, "holds half a character");
    }
    return text.startsWith("~") ? "./" + text : text;
  }

  /** From version 4 on names are UTF-8 (draft-ietf-secsh-filexfer-04 section 6.2). */
  private void requireSpeakable(RemotePath path) {
    boolean any = link.dialect().version() == SftpVersion.V3;
    if (!any && RawName.holdsEscapedOctets(text(path))) {
      throw new FileFailure(FileError.INVALID_NAME, path, "is not UTF-8");
    }
  }

  Mono<SftpAttributes> stat(RemotePath path) {
    return attributes(path, id -> new PathRequest.Stat(id, text(path), WISHED));
  }

  Mono<SftpAttributes> lstat(RemotePath path) {
    return attributes(path, id -> new PathRequest.Lstat(id, text(path), WISHED));
  }

  /**
   * Opens a file.
   *
   * @param late receives the handle if nobody waits for it any more
   */
  Mono<SftpHandle> open(
      RemotePath path, OpenHow how, SftpAttributes attributes, Consumer<SftpHandle> late) {
    return ask(
        path,
        SftpResponse.Handle.TYPE,
        id -> new PathRequest.Open(id, text(path), how, attributes),
        response -> ((SftpResponse.Handle) response).handle(),
        late);
  }

  /** Gives the handle back, and reports errors that the server notices only now. */
  Mono<Void> close(SftpHandle handle, RemotePath path) {
    return status(path, id -> new HandleRequest.Close(id, handle));
  }

  Mono<Void> remove(RemotePath path) {
    return plain(PathRequest.Plain.Kind.REMOVE, path);
  }

  Mono<Void> plain(PathRequest.Plain.Kind kind, RemotePath path) {
    return status(path, id -> new PathRequest.Plain(kind, id, text(path)));
  }

  /** A request whose only answer is a status. */
  Mono<Void> status(RemotePath path, IntFunction<? extends SftpRequest> request) {
    return ask(path, 0, request, response -> null, unused -> {});
  }

  Mono<Void> extension(RemotePath path, Extension extension) {
    return status(path, id -> new Extended(id, extension));
  }

  <R extends ExtensionReply> Mono<R> extension(
      RemotePath path, Extension extension, Function<ByteBuf, R> decoder) {
    return ask(
        path,
        SftpResponse.ExtendedReply.TYPE,
        id -> new Extended(id, extension),
        response -> ExtensionReply.decode(((SftpResponse.ExtendedReply) response).data(), decoder),
        unused -> {});
  }

  /** The only name in an answer. */
  Mono<String> name(RemotePath path, IntFunction<? extends SftpRequest> request) {
    return ask(
            path,
            SftpResponse.Name.TYPE,
            request,
            response -> ((SftpResponse.Name) response).entries(),
            unused -> {})
        .map(entries -> only(entries, path));
  }

  private static String only(List<SftpResponse.Name.Entry> entries, RemotePath path) {
    if (entries.size() != 1) {
      throw new FileFailure(
          FileError.IO_ERROR, path, "the server gave " + entries.size() + " names in place of one");
    }
    return entries.get(0).name();
  }

  private Mono<SftpAttributes> attributes(
      RemotePath path, IntFunction<? extends SftpRequest> request) {
    return ask(
        path,
        SftpResponse.Attrs.TYPE,
        request,
        response -> ((SftpResponse.Attrs) response).attributes(),
        unused -> {});
  }

  private <T> Mono<T> ask(
      RemotePath path,
      int expected,
      IntFunction<? extends SftpRequest> request,
      Function<SftpResponse, @Nullable T> reading,
      Consumer<T> late) {
    return Mono.create(
        sink -> {
          text(path);
          requireSpeakable(path); // refused here, before the wire; thrown into the sink
          Answer<T> reply = new Answer<>(sink, path, reading, late);
          sink.onCancel(
              () -> {
                reply.gone = true;
                link.tidying(reply.over.asMono())
                    .subscribe(); // what a late answer brings is undone
              });
          link.run(
              () -> {
                if (reply.gone) {
                  reply.over.tryEmitEmpty();
                } else {
                  link.send(expected, request, reply);
                }
              });
        });
  }

  /** The subscriber that waits for an answer, until it no longer does. */
  private static final class Answer<T> implements Reply {
    private final MonoSink<T> sink;
    private final RemotePath path;
    private final Function<SftpResponse, @Nullable T> reading;
    private final Consumer<T> late;
    private final Sinks.Empty<Void> over = Sinks.empty();
    private volatile boolean gone;

    /**
     * @param reading makes the value; null = there is none
     */
    Answer(
        MonoSink<T> sink,
        RemotePath path,
        Function<SftpResponse, @Nullable T> reading,
        Consumer<T> late) {
      this.sink = sink;
      this.path = path;
      this.reading = reading;
      this.late = late;
    }

    @Override
    public void onResponse(SftpResponse response) {
      if (response instanceof Status status && !ClientErrors.isOk(status)) {
        onFailure(ClientErrors.failure(status, path));
        return;
      }
      T value = reading.apply(response);
      if (gone && value != null) {
        late.accept(value);
      } else {
        sink.success(value);
      }
      over.tryEmitEmpty();
    }

    @Override
    public void onFailure(Throwable cause) {
      if (!gone) {
        sink.error(cause);
      }
      over.tryEmitEmpty();
    }
  }
}
