package dev.sluice.ftp.client;

import static dev.sluice.ftp.client.Way.ToEntry.MLST;
import static dev.sluice.ftp.client.Way.ToEntry.PARENT;
import static dev.sluice.ftp.client.Way.ToEntry.SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.SessionClosed;
import dev.sluice.ftp.client.Way.ToEntry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** How one of several ways is chosen, whatever they lead to. */
final class ChoiceTest {
  private final FileFailure unknown = failure(FileError.UNSUPPORTED);
  private final FileFailure missing = failure(FileError.NOT_FOUND);

  private final Set<ToEntry> open = EnumSet.allOf(ToEntry.class);
  private final Map<ToEntry, Flux<String>> answers = new EnumMap<>(ToEntry.class);
  private final List<ToEntry> taken = new ArrayList<>();
  private final Choice<ToEntry> choice = new Choice<>(List.of(ToEntry.values()), open::contains);

  @Test
  void theFirstWayThatWorksIsUsedAloneFromThenOn() {
    answers.putAll(Map.of(MLST, Flux.error(unknown), SIZE, Flux.just("found")));
    StepVerifier.create(one()).expectNext("found").verifyComplete();

    answers.put(SIZE, Flux.error(unknown));
    StepVerifier.create(one()).expectErrorMatches(unknown::equals).verify();

    assertThat(taken).containsExactly(MLST, SIZE, SIZE);
  }

  @Test
  void anAnswerThatAnotherWayWouldBringAsWellIsTheAnswer() {
    answers.put(MLST, Flux.error(missing));
    StepVerifier.create(one()).expectErrorMatches(missing::equals).verify();

    assertThat(taken).containsExactly(MLST);
  }

  @Test
  void anErrorThatEndsTheSessionEndsTheSearch() {
    SessionClosed gone = new SessionClosed("gone");
    answers.putAll(Map.of(MLST, Flux.error(unknown), SIZE, Flux.error(gone)));
    StepVerifier.create(one()).expectErrorMatches(gone::equals).verify();

    assertThat(taken).containsExactly(MLST, SIZE);
  }

  @Test
  void theErrorThatSaysMostCarriesTheOtherOne() {
    answers.putAll(Map.of(MLST, Flux.error(unknown), SIZE, Flux.error(missing)));

    StepVerifier.create(one())
        .expectErrorSatisfies(
            cause -> {
              assertThat(cause).isSameAs(missing);
              assertThat(cause.getSuppressed()).containsExactly(unknown);
            })
        .verify();
  }

  @Test
  void afterTheFirstResultThereIsNoWayBack() {
    answers.put(MLST, Flux.just("first").concatWith(Flux.error(unknown)));

    StepVerifier.create(many(new AtomicBoolean()))
        .expectNext("first")
        .expectErrorMatches(unknown::equals)
        .verify();
    StepVerifier.create(many(new AtomicBoolean(true)))
        .expectNext("first")
        .expectErrorMatches(unknown::equals)
        .verify();

    assertThat(taken).containsExactly(MLST, MLST);
  }

  @Test
  void whatHasComeBesidesResultsCountsAsWell() {
    answers.put(MLST, Flux.error(unknown));
    StepVerifier.create(many(new AtomicBoolean(true))).expectErrorMatches(unknown::equals).verify();

    assertThat(taken).containsExactly(MLST);
  }

  @Test
  void aSecondWayThatBringsNothingProvesNothing() {
    answers.putAll(Map.of(MLST, Flux.error(unknown), SIZE, Flux.empty()));
    StepVerifier.create(many(new AtomicBoolean())).verifyComplete();
    StepVerifier.create(many(new AtomicBoolean())).verifyComplete();

    assertThat(taken).containsExactly(MLST, SIZE, MLST, SIZE);
  }

  @Test
  void aWayThatIsClosedIsNotTriedEvenWhenItHasWorked() {
    open.remove(MLST);
    answers.putAll(Map.of(SIZE, Flux.just("found"), PARENT, Flux.just("listed")));
    StepVerifier.create(one()).expectNext("found").verifyComplete();
    open.remove(SIZE);
    StepVerifier.create(one()).expectNext("listed").verifyComplete();

    assertThat(taken).containsExactly(SIZE, PARENT);
    assertThat(choice.isPossible()).isTrue();
  }

  @Test
  void withoutAnyWayTheEndIsOutOfReach() {
    open.clear();

    assertThat(choice.isPossible()).isFalse();
    StepVerifier.create(one())
        .expectErrorMatches(
            cause ->
                cause instanceof FileFailure failure && failure.error() == FileError.UNSUPPORTED)
        .verify();
  }

  @Test
  void whatIsLearnedIsANewValue() {
    Ways<ToEntry> before = Ways.of(List.of(ToEntry.values()));
    Ways<ToEntry> after = before.worked(SIZE, List.of(MLST));

    assertThat(before.toTry(way -> true)).containsExactly(MLST, SIZE, PARENT);
    assertThat(after.toTry(way -> true)).containsExactly(SIZE);
    assertThat(after.toTry(way -> way != SIZE)).containsExactly(PARENT);
  }

  private Mono<String> one() {
    return choice.one(way -> take(way).single());
  }

  private Flux<String> many(AtomicBoolean begun) {
    return choice.many(begun::get, this::take);
  }

  private Flux<String> take(ToEntry way) {
    taken.add(way);
    return answers.get(way);
  }

  private static FileFailure failure(FileError error) {
    return new FileFailure(error, error.name());
  }
}
