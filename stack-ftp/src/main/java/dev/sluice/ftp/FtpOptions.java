package dev.sluice.ftp;

import dev.sluice.api.TemporaryName;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.transport.Proxy;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
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
 * @param uploads how files are written
 * @param tryUnlisted sets times and permissions also by commands that servers do not list
 * @param anonymousPassword what an anonymous login gives as password
 * @param clientName what CLNT tells the server; empty = nothing
 * @param proxy what control and data connections go through; null = nothing
 * @param security how connections are protected
 * @param avoided commands that are not used though the server has them, so that another one of the
 *     same purpose is
 * @param truncationTolerated takes a download under TLS for complete though the server ends the
 *     connection without close_notify and says nowhere how long it is: an attacker may have cut it
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
    FtpUploads uploads,
    boolean tryUnlisted,
    String anonymousPassword,
    String clientName,
    @Nullable Proxy proxy,
    FtpSecurity security,
    Set<FtpMeans> avoided,
    boolean truncationTolerated,
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
          FtpUploads.DEFAULT,
          true,
          "anonymous@example.org",
          "",
          null,
          FtpSecurity.NONE,
          Set.of(),
          false,
          line -> {});

  public FtpOptions {
    avoided = Set.copyOf(avoided);
  }

  public FtpOptions withTimeouts(FtpTimeouts newTimeouts) {
    return edited(draft -> draft.timeouts = newTimeouts);
  }

  public FtpOptions withLimits(FtpLimits newLimits) {
    return edited(draft -> draft.limits = newLimits);
  }

  public FtpOptions withDataMode(DataMode newDataMode) {
    return edited(draft -> draft.dataMode = newDataMode);
  }

  public FtpOptions withFormat(TransferFormat newFormat) {
    return edited(draft -> draft.format = newFormat);
  }

  public FtpOptions withCharset(PathCharset newCharset) {
    return edited(draft -> draft.charset = newCharset);
  }

  public FtpOptions withListing(ListingOptions newListing) {
    return edited(draft -> draft.listing = newListing);
  }

  public FtpOptions withServerZone(@Nullable ZoneId newServerZone) {
    return edited(draft -> draft.serverZone = newServerZone);
  }

  public FtpOptions withKeepAlive(Duration newKeepAlive) {
    return edited(draft -> draft.keepAlive = newKeepAlive);
  }

  public FtpOptions withAbortPolicy(AbortPolicy newAbortPolicy) {
    return edited(draft -> draft.abortPolicy = newAbortPolicy);
  }

  public FtpOptions withUploads(FtpUploads newUploads) {
    return edited(draft -> draft.uploads = newUploads);
  }

  /** As {@link FtpUploads#atomic()} says. */
  public FtpOptions withAtomicReplace(boolean atomic) {
    return withUploads(new FtpUploads(atomic, uploads.temporaryName()));
  }

  /** The name a file has until it is complete. */
  public FtpOptions withTemporaryName(TemporaryName name) {
    return withUploads(new FtpUploads(uploads.atomic(), name));
  }

  public FtpOptions withTryUnlisted(boolean newTryUnlisted) {
    return edited(draft -> draft.tryUnlisted = newTryUnlisted);
  }

  public FtpOptions withAnonymousPassword(String newAnonymousPassword) {
    return edited(draft -> draft.anonymousPassword = newAnonymousPassword);
  }

  public FtpOptions withClientName(String newClientName) {
    return edited(draft -> draft.clientName = newClientName);
  }

  public FtpOptions withProxy(@Nullable Proxy newProxy) {
    return edited(draft -> draft.proxy = newProxy);
  }

  public FtpOptions withSecurity(FtpSecurity newSecurity) {
    return edited(draft -> draft.security = newSecurity);
  }

  /** Does without these commands, so that others of the same purpose are used. */
  public FtpOptions withAvoided(FtpMeans... means) {
    return edited(draft -> draft.avoided = Set.of(means));
  }

  public FtpOptions withTruncationTolerated(boolean tolerated) {
    return edited(draft -> draft.truncationTolerated = tolerated);
  }

  public FtpOptions withTrace(Consumer<String> newTrace) {
    return edited(draft -> draft.trace = newTrace);
  }

  private FtpOptions edited(Consumer<Draft> edit) {
    Draft draft = new Draft(this);
    edit.accept(draft);
    return draft.options();
  }

  /** The components once, for all with-methods. */
  private static final class Draft {
    private FtpTimeouts timeouts;
    private FtpLimits limits;
    private DataMode dataMode;
    private TransferFormat format;
    private PathCharset charset;
    private ListingOptions listing;
    private @Nullable ZoneId serverZone;
    private Duration keepAlive;
    private AbortPolicy abortPolicy;
    private FtpUploads uploads;
    private boolean tryUnlisted;
    private String anonymousPassword;
    private String clientName;
    private @Nullable Proxy proxy;
    private FtpSecurity security;
    private Set<FtpMeans> avoided;
    private boolean truncationTolerated;
    private Consumer<String> trace;

    Draft(FtpOptions options) {
      timeouts = options.timeouts;
      limits = options.limits;
      dataMode = options.dataMode;
      format = options.format;
      charset = options.charset;
      listing = options.listing;
      serverZone = options.serverZone;
      keepAlive = options.keepAlive;
      abortPolicy = options.abortPolicy;
      uploads = options.uploads;
      tryUnlisted = options.tryUnlisted;
      anonymousPassword = options.anonymousPassword;
      clientName = options.clientName;
      proxy = options.proxy;
      security = options.security;
      avoided = options.avoided;
      truncationTolerated = options.truncationTolerated;
      trace = options.trace;
    }

    FtpOptions options() {
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
          uploads,
          tryUnlisted,
          anonymousPassword,
          clientName,
          proxy,
          security,
          avoided,
          truncationTolerated,
          trace);
    }
  }
}
