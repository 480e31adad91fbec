package dev.sluice.ftp;

import dev.sluice.ftp.core.AbortPolicy;
import dev.sluice.ftp.io.Proxy;
import dev.sluice.ftp.listing.ListingOptions;
import dev.sluice.ftp.transfer.TransferFormat;
import dev.sluice.ftp.wire.PathCharset;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link FtpClient} behaves. Immutable.
 *
 * @param timeouts the longest waits
 * @param limits what is kept of what the server says
 * @param dataMode who opens the data connections
 * @param format how octets of files travel; {@code PLAIN} unless chosen otherwise
 * @param charset how names travel; the fallback is used with servers that do not tell UTF8
 * @param listing how LIST is read; zone and charset come from this session
 * @param serverZone in which listings tell times; null = found out with MDTM
 * @param keepAlive interval of NOOP during transfers; zero = none
 * @param abortPolicy how a transfer is cut short
 * @param atomicReplace writes a replaced or new file under another name and renames it when it is
 *     complete, so that nothing partial is ever seen under the final name
 * @param tryUnlisted sets times and permissions also by commands that servers do not list
 * @param anonymousPassword what an anonymous login gives as password
 * @param clientName what CLNT tells the server; empty = nothing
 * @param proxy what control and data connections go through; null = nothing
 * @param security how connections are protected
 * @param trace hears each line of the control connection, {@code > } sent or {@code < } received in
 *     front, secrets masked; called on the event loop
 */
public record FtpOptions(
    FtpTimeouts timeouts,
    FtpLimits limits,
    DataMode dataMode,
    TransferFormat format,
    PathCharset charset,
    ListingOptions listing,
    @Nullable ZoneId serverZone,
    Duration keepAlive,
    AbortPolicy abortPolicy,
    boolean atomicReplace,
    boolean tryUnlisted,
    String anonymousPassword,
    String clientName,
    @Nullable Proxy proxy,
    FtpSecurity security,
    Consumer<String> trace) {
  /** Passive, binary, UTF-8, complete files only. */
  public static final FtpOptions DEFAULT =
      new FtpOptions(
          FtpTimeouts.DEFAULT,
          FtpLimits.DEFAULT,
          DataMode.passive(),
          TransferFormat.PLAIN,
          PathCharset.UTF_8,
          ListingOptions.DEFAULT,
          null,
          Duration.ofSeconds(60),
          AbortPolicy.COMMAND,
          true,
          true,
          "anonymous@example.org",
          "",
          null,
          FtpSecurity.NONE,
          line -> {});

  public FtpOptions withTimeouts(FtpTimeouts newTimeouts) {
    return new FtpOptions(
        newTimeouts,
        limits,
        dataMode,
        format,
        charset,
        listing,
        serverZone,
        keepAlive,
        abortPolicy,
        atomicReplace,
        tryUnlisted,
        anonymousPassword,
        clientName,
        proxy,
        security,
        trace);
  }

  public FtpOptions withLimits(FtpLimits newLimits) {
    return new FtpOptions(
        timeouts,
        newLimits,
        dataMode,
        format,
        charset,
        listing,
        serverZone,
        keepAlive,
        abortPolicy,
        atomicReplace,
        tryUnlisted,
        anonymousPassword,
        clientName,
        proxy,
        security,
        trace);
  }

  public FtpOptions withDataMode(DataMode newDataMode) {
    return new FtpOptions(
        timeouts,
        limits,
        newDataMode,
        format,
        charset,
        listing,
        serverZone,
        keepAlive,
        abortPolicy,
        atomicReplace,
        tryUnlisted,
        anonymousPassword,
        clientName,
        proxy,
        security,
        trace);
  }

  public FtpOptions withFormat(TransferFormat newFormat) {
    return new FtpOptions(
        timeouts,
        limits,
        dataMode,
        newFormat,
        charset,
        listing,
        serverZone,
        keepAlive,
        abortPolicy,
        atomicReplace,
        tryUnlisted,
        anonymousPassword,
        clientName,
        proxy,
        security,
        trace);
  }

  public FtpOptions withCharset(PathCharset newCharset) {
    return new FtpOptions(
        timeouts,
        limits,
        dataMode,
        format,
        newCharset,
        listing,
        serverZone,
        keepAlive,
        abortPolicy,
        atomicReplace,
        tryUnlisted,
        anonymousPassword,
        clientName,
        proxy,
        security,
        trace);
  }

  public FtpOptions withListing(ListingOptions newListing) {
    return new FtpOptions(
        timeouts,
        limits,
        dataMode,
        format,
        charset,
        newListing,
        serverZone,
        keepAlive,
        abortPolicy,
        atomicReplace,
        tryUnlisted,
        anonymousPassword,
        clientName,
        proxy,
        security,
        trace);
  }

  public FtpOptions withServerZone(@Nullable ZoneId newServerZone) {
    return new FtpOptions(
        timeouts,
        limits,
        dataMode,
        format,
        charset,
        listing,
        newServerZone,
        keepAlive,
        abortPolicy,
        atomicReplace,
        tryUnlisted,
        anonymousPassword,
        clientName,
        proxy,
        security,
        trace);
  }

  public FtpOptions withKeepAlive(Duration newKeepAlive) {
    return new FtpOptions(
        timeouts,
        limits,
        dataMode,
        format,
        charset,
        listing,
        serverZone,
        newKeepAlive,
        abortPolicy,
        atomicReplace,
        tryUnlisted,
        anonymousPassword,
        clientName,
        proxy,
        security,
        trace);
  }

  public FtpOptions withAbortPolicy(AbortPolicy newAbortPolicy) {
    return new FtpOptions(
        timeouts,
        limits,
        dataMode,
        format,
        charset,
        listing,
        serverZone,
        keepAlive,
        newAbortPolicy,
        atomicReplace,
        tryUnlisted,
        anonymousPassword,
        clientName,
        proxy,
        security,
        trace);
  }

  public FtpOptions withAtomicReplace(boolean newAtomicReplace) {
    return new FtpOptions(
        timeouts,
        limits,
        dataMode,
        format,
        charset,
        listing,
        serverZone,
        keepAlive,
        abortPolicy,
        newAtomicReplace,
        tryUnlisted,
        anonymousPassword,
        clientName,
        proxy,
        security,
        trace);
  }

  public FtpOptions withTryUnlisted(boolean newTryUnlisted) {
    return new FtpOptions(
        timeouts,
        limits,
        dataMode,
        format,
        charset,
        listing,
        serverZone,
        keepAlive,
        abortPolicy,
        atomicReplace,
        newTryUnlisted,
        anonymousPassword,
        clientName,
        proxy,
        security,
        trace);
  }

  public FtpOptions withAnonymousPassword(String newAnonymousPassword) {
    return new FtpOptions(
        timeouts,
        limits,
        dataMode,
        format,
        charset,
        listing,
        serverZone,
        keepAlive,
        abortPolicy,
        atomicReplace,
        tryUnlisted,
        newAnonymousPassword,
        clientName,
        proxy,
        security,
        trace);
  }

  public FtpOptions withClientName(String newClientName) {
    return new FtpOptions(
        timeouts,
        limits,
        dataMode,
        format,
        charset,
        listing,
        serverZone,
        keepAlive,
        abortPolicy,
        atomicReplace,
        tryUnlisted,
        anonymousPassword,
        newClientName,
        proxy,
        security,
        trace);
  }

  public FtpOptions withProxy(@Nullable Proxy newProxy) {
    return new FtpOptions(
        timeouts,
        limits,
        dataMode,
        format,
        charset,
        listing,
        serverZone,
        keepAlive,
        abortPolicy,
        atomicReplace,
        tryUnlisted,
        anonymousPassword,
        clientName,
        newProxy,
        security,
        trace);
  }

  public FtpOptions withSecurity(FtpSecurity newSecurity) {
    return new FtpOptions(
        timeouts,
        limits,
        dataMode,
        format,
        charset,
        listing,
        serverZone,
        keepAlive,
        abortPolicy,
        atomicReplace,
        tryUnlisted,
        anonymousPassword,
        clientName,
        proxy,
        newSecurity,
        trace);
  }

  public FtpOptions withTrace(Consumer<String> newTrace) {
    return new FtpOptions(
        timeouts,
        limits,
        dataMode,
        format,
        charset,
        listing,
        serverZone,
        keepAlive,
        abortPolicy,
        atomicReplace,
        tryUnlisted,
        anonymousPassword,
        clientName,
        proxy,
        security,
        newTrace);
  }
}
