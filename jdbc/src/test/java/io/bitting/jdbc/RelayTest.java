package io.bitting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is read arrives whole and in order on the other side, or the reader learns why not. */
final class RelayTest {
  private static final int MANY = 100_000;

  private static Consumer<Consumer<Integer>> numbers(int count) {
    return into -> IntStream.range(0, count).boxed().forEach(into);
  }

  @Test
  void run_handsEverythingOverInOrder() {
    for (int count : new int[] {0, 1, 511, 512, 513, MANY}) {
      List<Integer> taken = new ArrayList<>();
      Relay.run(numbers(count), taken::add);
      assertThat(taken).isEqualTo(IntStream.range(0, count).boxed().toList());
    }
  }

  @Test
  void run_worksOnAnotherThread() {
    List<Thread> threads = new ArrayList<>();
    Relay.run(numbers(1), number -> threads.add(Thread.currentThread()));
    assertThat(threads).doesNotContain(Thread.currentThread());
  }

  /** The reader does not go on to the end, nor wait for room that nobody makes. */
  @Test
  void run_workFails_endsTheReading() {
    IllegalStateException failure = new IllegalStateException("no");
    List<Integer> read = new ArrayList<>();
    assertThatThrownBy(() ->
            Relay.<Integer>run(
                into ->
                    IntStream.range(0, MANY)
                        .forEach(number -> {
                          read.add(number);
                          into.accept(number);
                        }),
                number -> {
                  throw failure;
                }))
        .isSameAs(failure);
    assertThat(read).hasSizeLessThan(MANY);
  }

  @Test
  void run_lastItemFails_failsToo() {
    AssertionError failure = new AssertionError("no");
    assertThatThrownBy(() ->
            Relay.<Integer>run(
                numbers(3),
                number -> {
                  if (number == 2) {
                    throw failure;
                  }
                }))
        .isSameAs(failure);
  }

  @Test
  void run_readingFails_endsTheWork() {
    IllegalStateException failure = new IllegalStateException("no");
    assertThatThrownBy(() ->
            Relay.<Integer>run(
                into -> {
                  into.accept(1);
                  throw failure;
                },
                number -> {}))
        .isSameAs(failure);
  }

  @Test
  void run_interrupted_goesOnAndStaysInterrupted() {
    List<Integer> taken = new ArrayList<>();
    Thread.currentThread().interrupt();
    Relay.run(numbers(MANY), taken::add);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(taken).hasSize(MANY);
  }
}
