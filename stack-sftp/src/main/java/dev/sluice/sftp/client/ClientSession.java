package dev.sluice.sftp.client;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.SessionInfo;
import dev.sluice.api.Space;
import dev.sluice.api.WriteMode;
import dev.sluice.sftp.SftpClientSettings;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.ssh.SshSession;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Set;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The verbs of a session. */
final class ClientSession implements SftpSession {
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final SshSession ssh;
  private final SftpLink link;
  private final String peer;
  private final Offer offer;
  private final TransferLimits limits;
  private final Set<Capability> capabilities;
  private final Requests requests;
  private final Diagnosis diagnosis;
  private final Changes changes;
  private final Names names;
  private final Uploads uploads;
  private final Insides insides;

  ClientSession(
      SshSession ssh,
      SftpLink link,
      String peer,
      Offer offer,
      TransferLimits limits,
      SftpClientSettings options) {
    this.ssh = ssh;
    this.link = link;
    this.peer = peer;
    this.offer = offer;
    this.limits = limits;
    this.capabilities = offer.capabilities();
    this.requests = new Requests(link);
    this.diagnosis = new Diagnosis(requests);
    this.changes = new Changes(requests, offer);
    this.names = new Names(requests, offer, Quirks.of(ssh.info().server()), options);
    this.uploads = new Uploads(requests, offer, changes, names, limits, options.uploads());
    this.insides = new Insides(requests, offer, uploads);
  }

  @Override
  public Mono<FileEntry> stat(RemotePath path) {
    return requests.stat(path).map(found -> new FileEntry(path, Attributes.read(found)));
  }

  @Override
  public Mono<FileEntry> lstat(RemotePath path) {
    return requests.lstat(path).map(found -> new FileEntry(path, Attributes.read(found)));
  }

  @Override
  public Flux<FileEntry> list(RemotePath directory) {
    return new ListStream(link, directory)
        .onErrorResume(FileFailure.class, e -> diagnosis.reading(e, directory, true));
  }

  @Override
  public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
    return link.observation()
        .received(
            file,
            new ReadStream(link, file, range, limits)
                .onErrorResume(FileFailure.class, e -> diagnosis.reading(e, file, false)));
  }

  @Override
  public Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return link.observation().sent(file, content, octets -> uploads.write(file, mode, octets));
  }

  @Override
  public Mono<Void> write(
      RemotePath file,
      WriteMode mode,
      Publisher<? extends ByteBuf> content,
      AttributeChange attributes) {
    return link.observation()
        .sent(file, content, octets -> uploads.write(file, mode, octets, attributes));
  }

  @Override
  public Mono<Void> createDirectory(RemotePath directory) {
    return names.createDirectory(directory);
  }

  @Override
  public Mono<Void> deleteFile(RemotePath file) {
    return names.deleteFile(file);
  }

  @Override
  public Mono<Void> deleteDirectory(RemotePath directory) {
    return names.deleteDirectory(directory);
  }

  @Override
  public Mono<Void> rename(RemotePath from, RemotePath to) {
    return names.rename(from, to);
  }

  @Override
  public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    return changes.set(path, change);
  }

  @Override
  public Mono<Void> setLinkAttributes(RemotePath link, AttributeChange change) {
    return changes.setOfLink(link, change);
  }

  @Override
  public Mono<String> readLink(RemotePath link) {
    return names.readLink(link);
  }

  @Override
  public Mono<Void> createSymbolicLink(RemotePath link, String target) {
    return names.createSymbolicLink(link, target);
  }

  @Override
  public Mono<Void> createHardLink(RemotePath link, RemotePath existing) {
    return names.createHardLink(link, existing);
  }

  @Override
  public Mono<Checksum> checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    return insides.checksum(file, algorithm, range);
  }

  @Override
  public Mono<Void> copy(RemotePath from, RemotePath to) {
    return insides.copy(from, to);
  }

  @Override
  public Mono<Space> space(RemotePath directory) {
    return insides.space(directory);
  }

  @Override
  public Mono<RemotePath> home() {
    return names.canonical(RemotePath.root(), ".").map(RemotePath::of);
  }

  @Override
  public Mono<RemotePath> canonical(RemotePath path) {
    return Mono.defer(() -> names.canonical(path, Requests.text(path))).map(RemotePath::of);
  }

  @Override
  public SftpVersion version() {
    return offer.version();
  }

  @Override
  public Set<String> extensions() {
    return offer.names();
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public SessionInfo info() {
    return new SessionInfo("sftp", peer, "SSH-2 " + ssh.info().algorithms(), ssh.info().server());
  }

  @Override
  public Mono<Void> close() {
    return link.tidied()
        .timeout(LAST_WORDS, Mono.empty())
        .then(
            Mono.defer(
                () -> {
                  link.fail(new SessionClosed("the session was closed"));
                  return ssh.close();
                }));
  }

  @Override
  public Mono<Void> onClosed() {
    return ssh.onClosed();
  }
}
