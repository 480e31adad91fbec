package dev.sluice.sftp.client;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import reactor.core.publisher.Mono;

/** Writes into files under their own names. */
final class InPlaceUploads {
  private final Requests requests;
  private final Offer offer;
  private final Diagnosis diagnosis;
  private final TransferLimits limits;

  InPlaceUploads(Requests requests, Offer offer, TransferLimits limits) {
    this.requests = requests;
    this.offer = offer;
    this.diagnosis = new Diagnosis(requests);
    this.limits = limits;
  }

  Mono<Void> overwrite(RemotePath file, Filling filling) {
    return into(file, OpenHow.writing(Disposition.CREATE_TRUNCATE), 0, false, filling)
        .onErrorResume(FileFailure.class, e -> diagnosis.writing(e, file));
  }

  /** With several requests in flight, their order would decide where the data lands. */
  Mono<Void> append(RemotePath file, Filling filling) {
    if (!offer.appends()) {
      return Mono.error(new FileFailure(FileError.UNSUPPORTED, file, "the server does not append"));
    }
    OpenHow how = OpenHow.writing(Disposition.OPEN_OR_CREATE).with(OpenHow.FLAG_APPEND);
    return into(file, how, 0, true, filling)
        .onErrorResume(FileFailure.class, e -> diagnosis.writing(e, file));
  }

  Mono<Void> at(RemotePath file, long offset, Filling filling) {
    if (offset == 0) {
      return into(file, OpenHow.writing(Disposition.OPEN_OR_CREATE), 0, false, filling)
          .onErrorResume(FileFailure.class, e -> diagnosis.writing(e, file));
    }
    Mono<Void> inside =
        requests
            .stat(file)
            .flatMap(
                there ->
                    there.size() == null || there.size() >= offset
                        ? Mono.empty()
                        : Mono.error(
                            new FileFailure(
                                FileError.OUT_OF_RANGE,
                                file,
                                "offset " + offset + " of " + there.size() + " octets")));
    return inside
        .then(into(file, OpenHow.writing(Disposition.OPEN_EXISTING), offset, false, filling))
        .onErrorResume(FileFailure.class, e -> diagnosis.writing(e, file));
  }

  private Mono<Void> into(
      RemotePath file, OpenHow how, long offset, boolean single, Filling filling) {
    return requests
        .open(file, how, filling.begin(), late -> requests.link().close(late))
        .flatMap(
            handle ->
                begun(handle, file, filling.begin())
                    .then(
                        WriteStream.of(
                            requests.link(),
                            new WriteStream.Target(handle, file, offset, single, filling.ending()),
                            limits,
                            filling.content())));
  }

  /** A file that already existed may have more permissions than it is to have. */
  private Mono<Void> begun(SftpHandle handle, RemotePath file, SftpAttributes begin) {
    return begin.equals(SftpAttributes.NONE)
        ? Mono.empty()
        : requests
            .status(file, id -> new HandleRequest.Fsetstat(id, handle, begin))
            .onErrorResume(FileFailure.class, refused -> Mono.empty());
  }
}
