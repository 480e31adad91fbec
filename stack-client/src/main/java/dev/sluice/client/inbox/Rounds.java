package dev.sluice.client.inbox;

import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.client.inbox.InboxEvent.AttemptFailed;
import dev.sluice.client.inbox.InboxEvent.Claimed;
import dev.sluice.client.inbox.InboxEvent.PollFailed;
import dev.sluice.client.inbox.InboxEvent.Step;
import dev.sluice.client.inbox.Taking.Missed;
import dev.sluice.client.inbox.Taking.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One run of an inbox: polls, each followed by the files that it found, as many at a time as may be
 * under way. A poll begins when the last file of the one before is under way and the wait is over.
 */
final class Rounds {
  private final Inbox how;
  private final Function<? super InboxFile, ? extends Publisher<Void>> handler;
  private final Predicate<FileEntry> filter;
  private final Watch watch;
  private final Claimer claimer;

  /** Where files had arrived that are under way: two files of one name come after each other. */
  private final Set<RemotePath> underWay = ConcurrentHashMap.newKeySet();

  private final Settled settled = new Settled();

  private int failures;

  Rounds(Inbox how, Function<? super InboxFile, ? extends Publisher<Void>> handler) {
    this.how = how;
    this.handler = handler;
    this.filter = how.polling().filter().below(how.directory());
    this.watch = new Watch(how);
    this.claimer = new Claimer(how);
  }

  Flux<InboxEvent> run() {
    return Flux.defer(this::round).repeat().flatMap(Function.identity(), how.underWay(), 1);
  }

  /** Each element is a file on its way, or an event. */
  private Flux<Flux<InboxEvent>> round() {
    return Listing.of(how.files(), how.directory(), how.polling().depth(), this::isEntered)
        .publishOn(how.polling().timer()) // sorting is no work for an event loop
        .map(this::found)
        .onErrorResume(why -> Mono.just(failed(why)))
        .flatMapMany(Function.identity())
        .concatWith(
            Flux.defer(
                () ->
                    Mono.delay(how.polling().after(failures), how.polling().timer())
                        .thenMany(Flux.empty())));
  }

  private Flux<Flux<InboxEvent>> found(Listing listing) {
    failures = 0;
    List<String> gone = listing.gaps().isEmpty() ? settled.gone(listing.paths()) : List.of();
    Watch.Found found = watch.look(listing.files(), this::isBusy);
    Flux<InboxEvent> events =
        Flux.fromIterable(listing.gaps()).concatWith(Mono.just(found.event()));
    return Flux.just(events)
        .concatWith(Flux.fromIterable(found.ready()).map(this::delivery))
        .concatWith(claimer.forget(gone).thenMany(Flux.empty()));
  }

  private Flux<Flux<InboxEvent>> failed(Throwable why) {
    failures++;
    Duration next = how.polling().after(failures);
    return Flux.just(Flux.just(new PollFailed(why, failures, next)));
  }

  private boolean isBusy(Candidate file) {
    return underWay.contains(file.path()) || settled.has(file);
  }

  /** Not where files go that are done. */
  private boolean isEntered(FileEntry directory) {
    return filter.test(directory)
        && !leadsInto(how.done(), directory)
        && !leadsInto(how.attempts().failed(), directory);
  }

  private static boolean leadsInto(Done done, FileEntry directory) {
    return done instanceof Done.MoveTo move && directory.path().startsWith(move.directory());
  }

  private Flux<InboxEvent> delivery(Candidate file) {
    return Flux.defer(
        () ->
            underWay.add(file.path())
                ? claim(file).doFinally(end -> underWay.remove(file.path()))
                : Flux.empty());
  }

  private Flux<InboxEvent> claim(Candidate file) {
    return claimer
        .take(file)
        .map(taking -> taken(file, taking))
        .onErrorResume(why -> Mono.just(Flux.just(refused(file, why))))
        .flatMapMany(Function.identity());
  }

  /** It is ready at the next poll, too. */
  private InboxEvent refused(Candidate file, Throwable why) {
    return new AttemptFailed(file.path(), Step.CLAIM, 1, why, how.polling().every());
  }

  private Flux<InboxEvent> taken(Candidate file, Taking taking) {
    if (taking instanceof Missed missed) {
      return Flux.just(missed.event());
    }
    if (!(taking instanceof Taken taken)) {
      settled.add(file.place(), file.key());
      return Flux.empty();
    }
    Runnable remember = () -> settled.add(taken.place(), file.key());
    return Flux.<InboxEvent>just(new Claimed(file.path(), taken.entry().size(), file.isClaimed()))
        .concatWith(new Delivery(how, claimer, taken, handler, remember).run());
  }
}
