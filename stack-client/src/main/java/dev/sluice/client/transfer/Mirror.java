package dev.sluice.client.transfer;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a tree is made like another one. Start from {@link #oneWay}, which copies what is new or has
 * changed and deletes nothing. Immutable.
 *
 * @param copy how each file is copied, how many at once, how fast, and how often a step is retried
 * @param scope what of the tree takes part
 * @param comparison what makes a file count as the same
 * @param deletion what becomes of entries that only the target has
 * @param flow in which order and in what pieces files move
 * @param dryRun whether the same events come, but nothing is changed
 * @param journal a local file by which a mirror that was killed goes on; null = none
 * @param job what a journal is for besides the two paths, such as the servers and users; null = the
 *     protocol and the address of each tree that is a session
 */
@RecordBuilder
public record Mirror(
    CopyOptions copy,
    Scope scope,
    Comparison comparison,
    Deletion deletion,
    Flow flow,
    boolean dryRun,
    @Nullable Path journal,
    @Nullable String job)
    implements MirrorBuilder.With {

  /** What makes a file of the target count as the same as that of the source. */
  public enum Comparison {
    /**
     * The same size, and not older than the source, as precisely as listings show times: whole
     * seconds, or what the tree answers for the single file if its listing cuts the time.
     */
    SIZE_AND_TIME,
    /** The same size. */
    SIZE,
    /** The same size and the same SHA-256, computed where the file is if possible. */
    CHECKSUM,
    /** Nothing: every file is copied. */
    NOTHING
  }

  /** From the source to the target; deletes nothing, and leaves links out. */
  public static Mirror oneWay() {
    return new Mirror(
        CopyOptions.DEFAULT,
        Scope.ALL,
        Comparison.SIZE_AND_TIME,
        Deletion.NONE,
        Flow.DEFAULT,
        false,
        null,
        null);
  }

  /** Changes how each file is copied. */
  public Mirror copying(UnaryOperator<CopyOptions> change) {
    return withCopy(change.apply(copy));
  }

  /** Copies so many files at once; see {@link CopyOptions#concurrency()}. */
  public Mirror parallel(int files) {
    return copying(options -> options.withConcurrency(files));
  }

  /** Retries each step so often; see {@link CopyOptions#retries()}. */
  public Mirror retries(int times) {
    return copying(options -> options.withRetries(times));
  }

  /** Compares each file with its source after it was copied. */
  public Mirror verified() {
    return copying(options -> options.withVerified(true));
  }

  /** Compares files in this way. */
  public Mirror comparing(Comparison by) {
    return withComparison(by);
  }

  /** Deletes in each directory what only the target has, after everything else there was copied. */
  public Mirror delete() {
    return withDeletion(Deletion.after());
  }

  /** Deletes what only the target has, as {@code how} says. */
  public Mirror delete(Deletion how) {
    return withDeletion(how);
  }

  /** Lets only those entries take part that the filter lets through. */
  public Mirror filter(Filter filter) {
    return withScope(scope.withFilter(filter));
  }

  /** Adds a rule after those that are there: see {@link Filter}. */
  public Mirror include(String glob) {
    return filter(scope.filter().include(glob));
  }

  /** Adds a rule after those that are there: see {@link Filter}. */
  public Mirror exclude(String glob) {
    return filter(scope.filter().exclude(glob));
  }

  /** What is done with symbolic links of the source. */
  public Mirror links(Scope.Links links) {
    return withScope(scope.withLinks(links));
  }

  /** Goes no deeper: 1 = the entries of the directory itself. */
  public Mirror depth(int directories) {
    return withScope(scope.withDepth(directories));
  }

  /** In which order the files of a directory are copied. */
  public Mirror order(Flow.Order order) {
    return withFlow(flow.withOrder(order));
  }

  /** Moves no more octets a second than this; see {@link CopyOptions#bandwidth()}. */
  public Mirror bandwidth(long octetsPerSecond) {
    return copying(options -> options.withBandwidth(octetsPerSecond));
  }

  /** Moves each large file in so many segments at the same time; see {@link Flow#segments()}. */
  public Mirror segments(int number) {
    return withFlow(flow.withSegments(number));
  }

  /**
   * Keeps in a local file what is finished, so that a mirror that was killed goes on: a finished
   * file is {@link TransferEvent.Same} if it has not changed since and the target has its size, and
   * is not compared by content again. Files of 1 MiB or more are written as {@code
   * NAME.DIGITS.part} until they are complete, and go on after what is there as {@link
   * Transfers#resume} does, if both trees read and write at any offset. A journal of other
   * directories, of other servers or of another comparison is a failure, and nothing is done. The
   * file is deleted after a mirror without failures.
   */
  public Mirror journal(Path file) {
    return withJournal(file);
  }

  /**
   * As {@link #journal(Path)}, for trees that do not say which server they are on, such as those of
   * a pool, or that differ by the user.
   *
   * @param job names both sides; no secret
   */
  public Mirror journal(Path file, String job) {
    return withJournal(file).withJob(job);
  }

  /** Sends the same events, but changes nothing. */
  public Mirror dry() {
    return withDryRun(true);
  }
}
