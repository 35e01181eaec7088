package io.bitting.samples.appsec;

import io.bitting.samples.Answer;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Messages in one direction, numbered from 1. Reading takes none away, so that a lost answer loses
 * no message. Thread-safe.
 */
final class Channel {
  /** How many messages are kept; older ones are dropped. */
  static final int KEPT_MAX = 100;

  private static final int LISTENERS_MAX = 32;
  private static final Answer NONE = new Answer.Nothing();

  private final Deque<Message> messages = new ArrayDeque<>();
  private final Set<Listener> listeners = new LinkedHashSet<>();
  private long last;

  /** A message. */
  record Message(long number, String text, Instant sentAt) {}

  /** A call that waits for messages after a number. */
  private record Listener(long after, Promise<Answer> answer) {}

  synchronized Message post(String text, Instant now) {
    Message message = new Message(++last, text, now);
    messages.add(message);
    if (messages.size() > KEPT_MAX) {
      messages.remove();
    }
    for (Listener listener : List.copyOf(listeners)) {
      if (message.number() > listener.after()) {
        listener.answer().tryComplete(after(listener.after()));
      }
    }
    return message;
  }

  /**
   * Answers with the messages after a number: at once if there are any or nothing is to be waited
   * for, later otherwise.
   */
  synchronized Answer poll(long after, Duration atMost) {
    if (last > after) {
      return after(after);
    }
    if (atMost.isZero()) {
      return NONE;
    }
    if (listeners.size() >= LISTENERS_MAX) {
      return Answer.conflict(
          LISTENERS_MAX
              + " calls wait on this channel, which is the limit; wait on fewer connections.");
    }
    Listener listener = new Listener(after, Promise.promise());
    listeners.add(listener);
    listener.answer().future().onComplete(done -> forget(listener));
    return new Answer.Later(listener.answer(), atMost, NONE);
  }

  private synchronized void forget(Listener listener) {
    listeners.remove(listener);
  }

  private Answer after(long number) {
    return Answer.found(
        "messages", messages.stream().filter(message -> message.number() > number).toList());
  }

  synchronized boolean hasListeners() {
    return !listeners.isEmpty();
  }

  /** Answers everybody who waits. */
  synchronized void close() {
    List.copyOf(listeners).forEach(listener -> listener.answer().tryComplete(NONE));
  }
}
