package dev.sluice.ftp.io;

import reactor.core.publisher.Mono;

/** A data connection that is agreed upon: made already, or to be made by the server. */
public interface DataOffer {

  /** The connection. */
  Mono<DataLink> link();

  /** Closes whatever is open, with a reset where octets may be in flight. Never fails. */
  Mono<Void> discard();

  /** The offer of a connection that stands (passive mode). */
  static DataOffer made(DataLink link) {
    return new DataOffer() {
      @Override
      public Mono<DataLink> link() {
        return Mono.just(link);
      }

      @Override
      public Mono<Void> discard() {
        return link.reset();
      }
    };
  }
}
