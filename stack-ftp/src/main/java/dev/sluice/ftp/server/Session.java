package dev.sluice.ftp.server;

import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.FtpServerSettings;
import dev.sluice.ftp.io.ServerControl;
import dev.sluice.ftp.reply.Refusal;
import dev.sluice.transport.door.Doorway;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What a server knows about one client between two commands. Owned by the handler that runs, or
 * else by the event loop.
 */
final class Session {
  private volatile SessionRef ref;
  final Services services;
  final Peer peer;
  final ServerControl control;
  final Doorway.Place place;
  final DataPort data;
  final Security security;

  @Nullable String claimedUser;
  @Nullable Identity identity;
  @Nullable StorageSession files;
  int failedLogins;
  Chosen chosen = new Chosen("");

  Session(Services services, Peer peer, ServerControl control, Doorway.Place place) {
    this.ref = SessionRef.of(SessionRef.Role.SERVER, "ftp", peer.remote());
    this.services = services;
    this.peer = peer;
    this.control = control;
    this.place = place;
    this.data = new DataPort(services, peer, control.scheduler());
    this.security = new Security(this);
    if (security.isImplicit()) {
      secured();
    }
  }

  /** The number of the session, for the log. */
  long id() {
    return ref.id();
  }

  /** The session for events, as far as it is known by now. */
  SessionRef ref() {
    return ref;
  }

  /** The control connection is encrypted. */
  void secured() {
    ref = ref.withProtocol("ftps");
  }

  void tell(SessionEvent event) {
    services.observer().onEvent(event);
  }

  /** Gives the session to a user. */
  void belongTo(Identity user, StorageSession tree) {
    identity = user;
    files = tree;
    chosen.directory = user.home();
    failedLogins = 0;
    ref = ref.withUser(RawName.escape(user.name()));
  }

  FtpServerSettings options() {
    return services.options();
  }

  Scheduler scheduler() {
    return control.scheduler();
  }

  /** The user's tree; only commands that need a login get here. */
  StorageSession files() {
    if (files == null) {
      throw new Refusal(530, "Please log in with USER and PASS");
    }
    return files;
  }

  Identity identity() {
    if (identity == null) {
      throw new Refusal(530, "Please log in with USER and PASS");
    }
    return identity;
  }

  /** The path that the client means by {@code argument}; empty = the current directory. */
  RemotePath resolve(String argument) {
    return chosen.directory.resolve(argument);
  }

  /** Sends a 1yz reply to the command that runs. */
  void preliminary(int code, String text) {
    control.submit(core -> core.preliminary(FtpReply.of(code, text)));
  }

  /** The offset that REST has set; cleared by every transfer command, whatever its result. */
  long takeRestart() {
    long offset = chosen.restart;
    chosen.restart = 0;
    return offset;
  }

  /** Goes back to the state just after connect, except for the control connection itself. */
  Mono<Void> logOut() {
    StorageSession open = files;
    if (identity != null) {
      place.loggedOut();
    }
    identity = null;
    ref = ref.withUser(null);
    files = null;
    claimedUser = null;
    chosen = new Chosen(chosen.clientName);
    data.reset();
    control.submit(core -> core.loggedIn(false));
    return open == null ? Mono.empty() : open.close();
  }
}
