package io.bitting.server.acting;

import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.server.http.Answer;
import io.bitting.server.http.ProblemCode;
import io.bitting.store.FirstAnswer;
import io.bitting.store.StoreException;
import io.bitting.store.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Has a named request carried out once, and gives the first answer again to whoever repeats it.
 *
 * <p><b>Security guarantees.</b> The first answer is kept in the transaction that made what it
 * tells of, so there is never one without the other; it is kept without the secret, which is not
 * even asked for. Whoever repeats a request is checked as whoever makes it.
 *
 * <p>Thread-safe.
 */
final class Repetitions {
  /** How long a name stands for its request. */
  static final Duration LIFETIME = Duration.ofHours(24);

  private final Clock clock;

  /** Names of the requests that are being carried out here. */
  private final Set<Bytes> running = ConcurrentHashMap.newKeySet();

  Repetitions(Clock clock) {
    this.clock = clock;
  }

  /** Answers a request, unless this node is about the same one already. */
  Answer alone(NamedRequest request, Supplier<Answer> work) {
    if (!running.add(request.name())) {
      return inUse();
    }
    try {
      return work.get();
    } finally {
      running.remove(request.name());
    }
  }

  /** Does work in a transaction, unless another one is about the same request already. */
  <R> Step<R> alone(NamedRequest request, Writer writer, Function<Writer, Step<R>> work) {
    return writer.tryLock(request.name()) ? work.apply(writer) : Step.no(inUse());
  }

  /**
   * Makes something, or finds the answer of when it was made. What was refused is not kept: it
   * changed nothing, and can be sent again, corrected, under the same name.
   *
   * @param change makes it
   * @param answer makes the answer
   */
  <R> Step<Supplier<Answer>> once(
      NamedRequest request, Writer writer, Supplier<Step<R>> change, Acting.Showing<R> answer) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Optional<FirstAnswer> first =
        writer
            .firstAnswer(request.name())
            .map(Repetitions::intact)
            .filter(known -> now.isBefore(known.expiresAt()));
    if (first.isPresent()) {
      return first.get().payload().equals(request.payload())
          ? Step.done(() -> again(first.get()))
          : Step.no(
              ProblemCode.IDEMPOTENCY_KEY_REUSED,
              "This Idempotency-Key was sent with another request in the last 24 hours; nothing was changed. Send another one with each new request.");
    }
    return switch (change.get()) {
      case Step.No<R> no -> Step.no(no.answer());
      case Step.Done<R> done -> {
        Answer kept = answer.of(done.result(), Reveal.NOT_AGAIN);
        writer.putFirstAnswer(firstAnswer(request, kept, now.plus(LIFETIME)));
        yield Step.done(() -> answer.of(done.result(), Reveal.ONCE));
      }
    };
  }

  private static FirstAnswer intact(Sealed<FirstAnswer> row) {
    return row.intact()
        .orElseThrow(
            () -> new StoreException("the first answer to a repeated request is not intact"));
  }

  private static FirstAnswer firstAnswer(NamedRequest request, Answer kept, Instant expiresAt) {
    if (!(kept instanceof Answer.Body body)) {
      throw new IllegalStateException("what was made is answered by a problem");
    }
    return new FirstAnswer(
        request.name(),
        request.payload(),
        request.caller(),
        body.status(),
        body.header("Location"),
        new String(body.bytes().array(), StandardCharsets.UTF_8),
        expiresAt);
  }

  private static Answer again(FirstAnswer first) {
    Answer answer =
        new Answer.Body(
            first.status(),
            "application/json",
            new Answer.Bytes(first.body().getBytes(StandardCharsets.UTF_8)),
            List.of());
    return first.location().map(location -> answer.with("Location", location)).orElse(answer);
  }

  private static Answer inUse() {
    return Answer.problem(
            ProblemCode.IDEMPOTENCY_KEY_IN_USE,
            "A request with this Idempotency-Key is still being carried out; send it again in a moment to learn what came of it.")
        .with("Retry-After", "1");
  }
}
